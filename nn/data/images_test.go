package data_test

import (
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/quartet-ad/ad/internal/optest"
	"github.com/quartet-ad/ad/nn/data"
)

// writePicture writes a picture whose pixels have the color that f gives.
func writePicture(t *testing.T, path string, w, h int, f func(x, y int) color.Color) {
	t.Helper()
	m := image.NewNRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			m.Set(x, y, f(x, y))
		}
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	file, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	if strings.HasSuffix(path, ".png") {
		err = png.Encode(file, m)
	} else {
		err = jpeg.Encode(file, m, nil)
	}
	if err != nil {
		t.Fatal(err)
	}
}

func plain(c color.Color) func(x, y int) color.Color {
	return func(int, int) color.Color { return c }
}

// TestImages holds classes, order, channels and sizes of a folder of pictures.
func TestImages(t *testing.T) {
	folder := t.TempDir()
	red, gray := color.RGBA{R: 255, A: 255}, color.Gray{51}
	writePicture(t, filepath.Join(folder, "dog", "b.png"), 4, 2, plain(red))
	writePicture(t, filepath.Join(folder, "dog", "a.JPG"), 4, 2, plain(gray))
	writePicture(t, filepath.Join(folder, "cat", "1.png"), 4, 2, func(x, y int) color.Color {
		return color.Gray{uint8(51 * x)}
	})
	for _, name := range []string{"cat/.hidden.png", "cat/notes.txt", "readme"} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte("text"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	s, err := data.Images(folder, data.ImageOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(s.Classes, []string{"cat", "dog"}) || !slices.Equal(s.Labels, []int{0, 1, 1}) || !slices.Equal(s.Shape, []int{3, 2, 4}) {
		t.Fatalf("classes %v, labels %v, shape %v", s.Classes, s.Labels, s.Shape)
	}
	ramp := []float64{0, 0.2, 0.4, 0.6}
	optest.Within(t, "the ramp", s.Sample(0)[:8], append(slices.Clone(ramp), ramp...), 1e-15)
	optest.Within(t, "red", s.Sample(2), []float64{1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0}, 1e-15)
	optest.Within(t, "gray JPEG", s.Sample(1)[:1], []float64{0.2}, 0.02)

	s, err = data.Images(folder, data.ImageOptions{Gray: true, Height: 1, Width: 3, Classes: []string{"dog", "cat"}})
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(s.Shape, []int{1, 1, 3}) || !slices.Equal(s.Labels, []int{0, 0, 1}) {
		t.Errorf("labels %v, shape %v", s.Labels, s.Shape)
	}
	optest.Within(t, "the ramp of three", s.Sample(2), []float64{0.05, 0.3, 0.55}, 1e-14)
	mean := 0.0
	for _, v := range s.Sample(2) {
		mean += v / 3
	}
	if math.Abs(mean-0.3) > 1e-15 {
		t.Errorf("the mean of the ramp is %v, want 0.3", mean)
	}
}

// TestImagesBad holds what is said of folders that cannot be read.
func TestImagesBad(t *testing.T) {
	folder := t.TempDir()
	file := filepath.Join(folder, "a", "1.png")
	check := func(name, want string, o data.ImageOptions) {
		t.Helper()
		if _, err := data.Images(folder, o); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: error %v, want %q", name, err, want)
		}
	}
	check("empty", "has no folders, one for each class", data.ImageOptions{})
	check("a missing class", "no such file", data.ImageOptions{Classes: []string{"a"}})
	writePicture(t, file, 4, 2, plain(color.White))
	check("a negative size", "a size of -1×0", data.ImageOptions{Height: -1})
	check("half a size", "a size of 0×3", data.ImageOptions{Width: 3})
	check("limit", "more than 7", data.ImageOptions{Limit: 7})
	check("limit of values", "more than 23 values", data.ImageOptions{Limit: 23})
	writePicture(t, filepath.Join(folder, "a", "2.png"), 2, 4, plain(color.White))
	check("another size", "2.png: 4×2 pixels, the first picture has 2×4", data.ImageOptions{})
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range []int{0, 10, len(text) - 20} {
		if err := os.WriteFile(file, text[:n], 0o600); err != nil {
			t.Fatal(err)
		}
		check("cut", "1.png: ", data.ImageOptions{})
	}
	if err := os.MkdirAll(filepath.Join(folder, "b"), 0o700); err != nil {
		t.Fatal(err)
	}
	writePicture(t, file, 2, 4, plain(color.White))
	check("a class of none", "has no pictures", data.ImageOptions{})
}
