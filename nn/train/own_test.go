package main

import (
	"fmt"
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/quartet-ad/ad/nn/data"
)

// writeTable writes the irises as a table as people have them, and returns its path.
func writeTable(t *testing.T) string {
	iris := data.Iris()
	var b strings.Builder
	b.WriteString("\ufeffid,sepal length,sepal width,petal length,petal width,soil,kind\n")
	for i := range iris.Len() {
		x := iris.Sample(i)
		length := fmt.Sprintf("%q", fmt.Sprint(x[0]))
		if i%10 == 0 {
			length = "NA"
		}
		fmt.Fprintf(&b, "u%d,%s,%v,%v,%v,%s,%s\n", i, length, x[1], x[2], x[3], []string{"clay", "sand"}[i%2], iris.Classes[iris.Label(i)])
	}
	path := filepath.Join(t.TempDir(), "iris.csv")
	if err := os.WriteFile(path, []byte(b.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// TestTableOfClasses trains on a table with an identifier, gaps, quotes and a column of texts.
func TestTableOfClasses(t *testing.T) {
	table, html := writeTable(t), filepath.Join(t.TempDir(), "page.html")
	code, out, status := command(t.Context(), "csv", table, "-label", "kind", "-drop", "id", "-epochs", "20", "-html", html)
	if code != 0 {
		t.Fatalf("the status is %d: %s", code, status)
	}
	if !strings.Contains(status, "column sepal length: 15 missing, 5.8") {
		t.Errorf("it says %q of what is missing", status)
	}
	var share float64
	if _, err := fmt.Sscanf(out[strings.Index(out, "\n\n")+2:], "%f %% of", &share); err != nil || share < 85 {
		t.Errorf("%v %% (%v) are right in\n%s", share, err, out)
	}
	page, err := os.ReadFile(html)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(page), "go run ./nn/train csv "+table+" -label kind -drop id -epochs 20") {
		t.Error("the page does not have the command")
	}
}

// TestTableOfItsOwn tests with a second file, whose columns are in another order, and which is read
// like the first one.
func TestTableOfItsOwn(t *testing.T) {
	test := filepath.Join(t.TempDir(), "test.csv")
	text := "kind,sepal length,sepal width,petal length,petal width,soil\nsetosa,,3.5,1.4,0.2,sand\nvirginica,6.3,3.3,6,2.5,clay\n"
	if err := os.WriteFile(test, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	html := filepath.Join(t.TempDir(), "page.html")
	args := []string{"csv", writeTable(t), "-label", "kind", "-drop", "id", "-epochs", "20", "-test", test, "-html", html}
	if code, out, status := command(t.Context(), args...); code != 0 || !strings.Contains(out, "100.00 % of 2 test rows") {
		t.Errorf("the status is %d: %s\n%s", code, status, out)
	}
	if page, err := os.ReadFile(html); err != nil || !strings.Contains(string(page), " -test "+test) {
		t.Errorf("error %v, or no -test in the command of the page", err)
	}
	for text, want := range map[string]string{
		"sepal length,sepal width,petal length,petal width,soil\n1,1,1,1,sand\n": "has no column kind to be tested with",
		text + "setosa,1,1,1,1,loam\n":                                           `line 4, column 16: "loam" is none of the 2 categories of column "soil"`,
	} {
		if err := os.WriteFile(test, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if code, _, status := command(t.Context(), args...); code != 1 || !strings.Contains(status, want) {
			t.Errorf("the status is %d: %s, want %s", code, status, want)
		}
	}
}

// TestTableOfNumbers predicts a column of numbers.
func TestTableOfNumbers(t *testing.T) {
	code, out, status := command(t.Context(), "csv", "-target", "petal width", writeTable(t), "-drop", "id", "-quiet", "-epochs", "20")
	if code != 0 || !strings.HasPrefix(out, "petal width of ") {
		t.Fatalf("the status is %d, %s\n%s", code, status, out)
	}
	var rows int
	var rmse float64
	if _, err := fmt.Sscanf(out, "petal width of %d test rows is predicted to %f,", &rows, &rmse); err != nil || rmse > 0.4 {
		t.Errorf("RMSE %v (%v) in %s", rmse, err, out)
	}
}

// TestFoldersOfPictures trains on pictures of digits in a folder for each.
func TestFoldersOfPictures(t *testing.T) {
	folder, digits := t.TempDir(), data.Digits()
	for i := range 400 {
		class := digits.Label(i)
		if class > 1 {
			continue
		}
		m := image.NewGray(image.Rect(0, 0, 8, 8))
		for j, v := range digits.Sample(i) {
			m.SetGray(j%8, j/8, color.Gray{uint8(255 * v)})
		}
		name := filepath.Join(folder, []string{"zero", "one"}[class], fmt.Sprint(i, ".png"))
		if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
			t.Fatal(err)
		}
		file, err := os.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if err := png.Encode(file, m); err != nil {
			t.Fatal(err)
		}
		if err := file.Close(); err != nil {
			t.Fatal(err)
		}
	}
	html := filepath.Join(folder, "page.html")
	out := mustRun(t, "images", folder, "-size", "8", "-gray", "-epochs", "12", "-batch", "16", "-rate", "0.01", "-html", html)
	if !strings.Contains(out, `true\predicted`) || !strings.Contains(out, "zero") {
		t.Errorf("no table in\n%s", out)
	}
	var share float64
	if _, err := fmt.Sscanf(out[strings.Index(out, "\n\n")+2:], "%f %% of", &share); err != nil || share < 80 {
		t.Errorf("%v %% (%v) are right in\n%s", share, err, out)
	}
	page, err := os.ReadFile(html)
	if err != nil || !strings.Contains(string(page), "data:image/png;base64,") {
		t.Errorf("error %v, or no pictures in the page", err)
	}
}

// TestOwnDataMisuse holds what is said of a command that cannot be meant, and of data that cannot be read.
func TestOwnDataMisuse(t *testing.T) {
	table := writeTable(t)
	for _, c := range []struct {
		args string
		code int
		want string
	}{
		{"csv", 2, "csv wants the FILE: train csv FILE"},
		{"images", 2, "images wants the DIR: train images DIR"},
		{"csv FILE", 2, "csv wants -label COLUMN for classes, or -target COLUMN for numbers"},
		{"csv FILE -label a -target b", 2, "csv wants -label COLUMN"},
		{"csv FILE more -label a", 2, `unexpected argument "more"`},
		{"digits -label a", 2, "-label is not for digits"},
		{"digits -test a", 2, "-test is not for digits"},
		{"csv FILE -label kind -drop id -test nowhere.csv", 1, "nowhere.csv"},
		{"csv FILE -label kind -gray", 2, "-gray is not for csv"},
		{"images . -size 4", 2, "-size is 4, want 8 to 256"},
		{"csv FILE -label nothing", 1, `there is no column "nothing"; there are "id", "sepal length"`},
		{"csv FILE -label kind", 1, `column "id": 150 different texts in as many rows: drop it, if it is an identifier`},
		{"csv FILE -label kind -fill mode", 1, `-fill is "mode", want mean, median, zero or none`},
		{"csv FILE -label kind -comma ;;", 1, `-comma is ";;", want one character or tab`},
		{"csv FILE -label kind -comma ;", 1, "is the Comma another one?"},
		{"csv nowhere.csv -label kind", 1, "nowhere.csv"},
		{"images nowhere", 1, "nowhere"},
	} {
		args := strings.Fields(c.args)
		for i, a := range args {
			if a == "FILE" {
				args[i] = table
			}
		}
		if code, _, status := command(t.Context(), args...); code != c.code || !strings.Contains(status, c.want) {
			t.Errorf("train %s ends with %d: %s, want %d: %s", c.args, code, status, c.code, c.want)
		}
	}
}
