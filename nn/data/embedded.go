package data

import (
	"bytes"
	"compress/gzip"
	_ "embed"
	"io"
	"strconv"
	"strings"
)

//go:embed embed/iris.csv
var irisCSV string

//go:embed embed/digits.bin.gz
var digitsGzip []byte

// Iris returns the lengths and widths of sepals and petals of 150 irises of three
// species, in cm (R. A. Fisher, The use of multiple measurements in taxonomic problems,
// 1936; in the public domain). The set is the caller's own.
func Iris() *Set {
	lines := strings.Split(strings.TrimSpace(irisCSV), "\n")
	s := &Set{Shape: []int{4}, Classes: strings.Split(lines[0], ",")[2:]}
	for _, line := range lines[1:] {
		fields := strings.Split(line, ",")
		for _, f := range fields[:4] {
			s.X = append(s.X, must(strconv.ParseFloat(f, 64)))
		}
		s.Labels = append(s.Labels, must(strconv.Atoi(fields[4])))
	}
	return s
}

// Digits returns 1797 handwritten digits as images of 8×8 pixels, of the shape [1, 8,
// 8], with values from 0 to 1 in sixteenths: the test set of E. Alpaydin and C. Kaynak,
// Optical Recognition of Handwritten Digits (UCI Machine Learning Repository, 1998,
// doi:10.24432/C50P49, license CC BY 4.0). The set is the caller's own.
func Digits() *Set {
	raw := must(io.ReadAll(must(gzip.NewReader(bytes.NewReader(digitsGzip)))))
	s := &Set{Shape: []int{1, 8, 8}, Classes: strings.Split("0123456789", "")}
	for ; len(raw) > 0; raw = raw[65:] {
		for _, v := range raw[:64] {
			s.X = append(s.X, float64(v)/16)
		}
		s.Labels = append(s.Labels, int(raw[64]))
	}
	return s
}

// must returns what is embedded, and so is right.
func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}
