package data

import (
	"fmt"
	"image"
	_ "image/jpeg" // what Images reads
	_ "image/png"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/quartet-ad/ad/internal/outside"
)

// ImageOptions say what becomes of pictures.
type ImageOptions struct {
	// Height and Width are the size that pictures are brought to, each pixel the mean of what it
	// covers. If both are 0, all pictures must have the size of the first.
	Height, Width int

	Gray bool // one channel, the luma of a pixel, in place of red, green and blue

	// Classes are the names of the folders, in the order of their numbers. If there are none, they
	// are those that are there, sorted.
	Classes []string

	// Limit bounds the number of values of all pictures together, and of a single one as it is
	// stored. Left out, it is 1<<28.
	Limit int
}

// Images reads a folder that has a folder for every class with its pictures, PNG or JPEG by their
// names (.png, .jpg, .jpeg), sorted. A sample has the shape [3, height, width], or [1, height, width]
// if Gray; its numbers are from 0, black, to 1. What is transparent is black. Names that begin with a
// point, and other files, are passed over.
//
// Images returns an error that names the file for a picture that cannot be read, that has another
// size than the first, or that is larger than Limit; and an error if there are no pictures, or if a
// class has none.
//
// Cost: the memory of the set and of a picture.
func Images(folder string, o ImageOptions) (*Set, error) {
	s, err := images(folder, o)
	if err != nil {
		return nil, outside.Brief(fmt.Errorf("data: images: %w", err))
	}
	return s, nil
}

func images(folder string, o ImageOptions) (*Set, error) {
	if o.Height < 0 || o.Width < 0 || (o.Height > 0) != (o.Width > 0) {
		return nil, fmt.Errorf("a size of %d×%d", o.Height, o.Width)
	}
	if o.Limit == 0 {
		o.Limit = 1 << 28
	}
	classes := o.Classes
	if classes == nil {
		entries, err := os.ReadDir(folder)
		if err != nil {
			return nil, err
		}
		for _, e := range entries {
			if info, err := os.Stat(filepath.Join(folder, e.Name())); err == nil && info.IsDir() && e.Name()[0] != '.' {
				classes = append(classes, e.Name())
			}
		}
	}
	if len(classes) == 0 {
		return nil, fmt.Errorf("%s has no folders, one for each class", folder)
	}
	s := &Set{Classes: slices.Clone(classes)}
	for class, name := range classes {
		files, err := pictures(filepath.Join(folder, name))
		if err != nil {
			return nil, err
		}
		for _, file := range files {
			if err := s.addImage(file, o); err != nil {
				return nil, fmt.Errorf("%s: %w", file, err)
			}
			s.Labels = append(s.Labels, class)
		}
	}
	return s, nil
}

// pictures returns the pictures in a folder.
func pictures(folder string) ([]string, error) {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return nil, err
	}
	var files []string
	for _, e := range entries {
		switch strings.ToLower(filepath.Ext(e.Name())) {
		case ".png", ".jpg", ".jpeg":
			if e.Name()[0] != '.' && !e.IsDir() {
				files = append(files, filepath.Join(folder, e.Name()))
			}
		}
	}
	if files == nil {
		return nil, fmt.Errorf("%s has no pictures (.png, .jpg, .jpeg)", folder)
	}
	return files, nil
}

// addImage adds the numbers of a picture. The first one says the size, unless the options do.
func (s *Set) addImage(path string, o ImageOptions) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	config, _, err := image.DecodeConfig(f)
	if err != nil {
		return err
	}
	height, width := config.Height, config.Width
	if height < 1 || width < 1 || width > o.Limit/height {
		return fmt.Errorf("%d×%d pixels are none, or more than %d", height, width, o.Limit)
	}
	if o.Height > 0 {
		height, width = o.Height, o.Width
	}
	channels := 3
	if o.Gray {
		channels = 1
	}
	if s.Shape == nil {
		s.Shape = []int{channels, height, width}
	}
	if height != s.Shape[1] || width != s.Shape[2] {
		return fmt.Errorf("%d×%d pixels, the first picture has %d×%d: say a Height and a Width to bring them to", height, width, s.Shape[1], s.Shape[2])
	}
	if height > o.Limit/width/channels || len(s.X) > o.Limit-channels*height*width {
		return fmt.Errorf("more than %d values", o.Limit)
	}
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return err
	}
	m, _, err := image.Decode(f)
	if err != nil {
		return err
	}
	n := channels * height * width
	s.X = append(s.X, make([]float64, n)...)
	paint(s.X[len(s.X)-n:], m, channels, height, width)
	return nil
}

// paint sets x to a picture of so many channels, height and width: each number is the mean of what
// its pixel covers.
func paint(x []float64, m image.Image, channels, height, width int) {
	b := m.Bounds()
	down, right := covers(b.Dy(), height), covers(b.Dx(), width)
	for i, rows := range down {
		for j, columns := range right {
			for _, r := range rows {
				for _, c := range columns {
					red, green, blue, _ := m.At(b.Min.X+c.at, b.Min.Y+r.at).RGBA()
					part := r.part * c.part / 0xffff
					if channels == 1 { // as ITU-R BT.601, and package image/color
						x[i*width+j] += part * (0.299*float64(red) + 0.587*float64(green) + 0.114*float64(blue))
						continue
					}
					for k, v := range [3]uint32{red, green, blue} {
						x[(k*height+i)*width+j] += part * float64(v)
					}
				}
			}
		}
	}
}

// A cover is a pixel of a picture, and its part of a pixel that it is brought to.
type cover struct {
	at   int
	part float64
}

// covers returns, for n pixels that m ones are brought to, what each is made of.
func covers(m, n int) [][]cover {
	list := make([][]cover, n)
	for i := range list { // in units of 1/(m·n) of the whole
		from, to := i*m, (i+1)*m
		for at := from / n; at*n < to; at++ {
			common := min(to, (at+1)*n) - max(from, at*n)
			list[i] = append(list[i], cover{at, float64(common) / float64(m)})
		}
	}
	return list
}
