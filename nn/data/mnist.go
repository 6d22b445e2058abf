package data

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
)

// MNIST reads the four files of the MNIST set of digits, or of another set in its form
// such as Fashion-MNIST, from a folder: train-images-idx3-ubyte, train-labels-idx1-ubyte
// and t10k likewise, each with the ending .gz or without. Images have the shape [1, 28,
// 28] and values from 0 to 1.
//
// MNIST returns an error that names the file if one is missing, damaged or does not fit the others;
// or if a file holds more than a million numbers and 16 for each of its bytes, of which the real
// ones have 2 to 5.
func MNIST(folder string) (train, test *Set, err error) {
	if train, err = readPair(filepath.Join(folder, "train")); err != nil {
		return nil, nil, err
	}
	if test, err = readPair(filepath.Join(folder, "t10k")); err != nil {
		return nil, nil, err
	}
	if !slices.Equal(train.Shape, test.Shape) {
		return nil, nil, fmt.Errorf("data: %s: images for training of shape %v, for testing of %v", folder, train.Shape, test.Shape)
	}
	return train, test, nil
}

// readPair reads images and labels from the files whose names begin with prefix.
func readPair(prefix string) (*Set, error) {
	name, shape, images, err := readFile(prefix+"-images-idx3-ubyte", 3)
	if err != nil {
		return nil, err
	}
	for i, v := range images {
		if !(v >= 0 && v <= 255) {
			return nil, fmt.Errorf("data: %s: number %d is %g, which is no byte", name, i, v)
		}
		images[i] = v / 255
	}
	name, count, classes, err := readFile(prefix+"-labels-idx1-ubyte", 1)
	if err != nil {
		return nil, err
	}
	if count[0] != shape[0] {
		return nil, fmt.Errorf("data: %s: %d labels for %d images", name, count[0], shape[0])
	}
	labels := make([]int, len(classes))
	for i, v := range classes {
		labels[i] = int(v)
		if !(v >= 0 && v <= 255) || float64(labels[i]) != v {
			return nil, fmt.Errorf("data: %s: number %d is %g, which is no byte", name, i, v)
		}
	}
	return &Set{Shape: []int{1, shape[1], shape[2]}, X: images, Labels: labels}, nil
}

// mostInflated is how many numbers a byte of a file may hold, compressed or not.
const mostInflated = 16

// readFile reads an IDX file of a rank, with the ending .gz or without, and returns also
// its name.
func readFile(path string, rank int) (name string, shape []int, values []float64, err error) {
	f, err := os.Open(path)
	if errors.Is(err, os.ErrNotExist) {
		f, err = os.Open(path + ".gz")
	}
	if err != nil {
		return "", nil, nil, fmt.Errorf("data: %w", err)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return "", nil, nil, fmt.Errorf("data: %w", err)
	}
	limit := min(mostNumbers, mostInflated*info.Size()+(1<<20)) // a file of a few bytes unpacks to gigabytes
	if shape, values, err = ReadIDX(f, int(limit)); err != nil {
		return "", nil, nil, fmt.Errorf("%s: %w", f.Name(), err)
	}
	if len(shape) != rank {
		return "", nil, nil, fmt.Errorf("data: %s: shape %v, want %d axes", f.Name(), shape, rank)
	}
	return f.Name(), shape, values, nil
}
