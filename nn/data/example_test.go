package data_test

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"strings"

	"github.com/quartet-ad/ad/nn/data"
)

func ExampleLoader() {
	set := &data.Set{Shape: []int{2}, X: []float64{0, 0, 1, 1, 2, 2, 3, 3, 4, 4}, Labels: []int{0, 1, 0, 1, 0}}
	loader := data.Loader{Set: set, Size: 2} // with Rand, in another order every epoch
	for k, b := range loader.Epoch() {
		fmt.Println(k, b.Shape, b.X, b.Labels)
	}
	// Output:
	// 0 [2 2] [0 0 1 1] [0 1]
	// 1 [2 2] [2 2 3 3] [0 1]
	// 2 [1 2] [4 4] [0]
}

func ExampleSet_SplitEvenly() {
	rng := rand.New(rand.NewPCG(1, 2))
	parts := data.Iris().SplitEvenly(rng, 0.7, 0.2)
	for k, name := range []string{"training", "validation", "test"} {
		count := make([]int, 3)
		for i := range parts[k].Len() {
			count[parts[k].Label(i)]++
		}
		fmt.Println(name, count)
	}
	// Output:
	// training [35 35 35]
	// validation [10 10 10]
	// test [5 5 5]
}

func ExampleStandardize() {
	train, test := data.Iris().Split(rand.New(rand.NewPCG(1, 2)), 0.8)
	scaling := data.Standardize(train) // of what is learned from alone
	train, test = scaling.Of(train), scaling.Of(test)
	fmt.Println(train.Len(), test.Len())
	fmt.Printf("%.2f\n", scaling.Shift)
	// Output:
	// 120 30
	// [5.86 3.05 3.80 1.22]
}

func ExampleDigits() {
	digits := data.Digits()
	image := digits.Sample(7)
	for i := range 8 {
		for _, v := range image[8*i:][:8] {
			fmt.Printf("%c", ".:-+*#@"[int(6*v)])
		}
		fmt.Println()
	}
	fmt.Println(digits.Label(7), "of", digits.Len())
	// Output:
	// ..-+*@#.
	// ..--:**.
	// ....+*..
	// .:++##-.
	// ..*##:..
	// ...@:...
	// ..+#....
	// ..*:....
	// 7 of 1797
}

func ExampleScenes() {
	// Scenes for testing are drawn with digits that those for training do not have.
	rng := rand.New(rand.NewPCG(1, 2))
	parts := data.Digits().SplitEvenly(rng, 0.8)
	train := data.Scenes(rng, parts[0], 1000, data.SceneOptions{Noise: 0.05})
	test := data.Scenes(rng, parts[1], 1, data.SceneOptions{Height: 16, Width: 40, Smallest: 1, Largest: 1, Least: 3})
	fmt.Println(len(train), "scenes of", len(train[0].Image), "pixels")
	for i := range 16 {
		row := make([]byte, 40)
		for j, m := range test[0].Mask[40*i:][:40] {
			row[j] = '.'
			if m > 0 {
				row[j] = '0' + byte(m-1)
			}
		}
		fmt.Println(string(row))
	}
	for _, o := range test[0].Objects {
		fmt.Printf("%+v\n", o)
	}
	// Output:
	// 1000 scenes of 2304 pixels
	// ........................0000............
	// ........................0..0............
	// ...................888.00..00...........
	// ..................8888.00..00...........
	// ............00...88888.00..0............
	// ...........0000..88.88..0..0............
	// ...........0000...888...0000............
	// ..........000.00..888...000.............
	// ..........000.00..8888..................
	// ..........000000...888..................
	// ...........0000.........................
	// ............00..........................
	// ........................................
	// ........................................
	// ........................................
	// ........................................
	// {X1:17 Y1:2 X2:22 Y2:10 Class:8}
	// {X1:10 Y1:4 X2:16 Y2:12 Class:0}
	// {X1:23 Y1:0 X2:29 Y2:8 Class:0}
}

func ExampleCompose() {
	augment := data.Compose(data.FlipHorizontal(1), data.Noise(0))
	x := []float64{1, 2, 3, 4, 5, 6}
	augment(rand.New(rand.NewPCG(1, 2)), x, []int{1, 2, 3})
	fmt.Println(x)
	// Output: [3 2 1 6 5 4]
}

func ExampleLoader_augment() {
	loader := data.Loader{
		Set:     data.Digits(),
		Size:    64,
		Rand:    rand.New(rand.NewPCG(1, 2)),
		Augment: data.Compose(data.Shift(1), data.Rotate(10), data.Noise(0.05)),
	}
	samples := 0
	for _, b := range loader.Epoch() {
		samples += b.Len()
	}
	fmt.Println(samples, "samples in", loader.Batches(), "batches")
	// Output: 1797 samples in 29 batches
}

func ExampleReadCSV() {
	file := `height,weight,animal
1.1,20.5,dog
0.3,4.5,cat
0.9,17,dog
`
	set, err := data.ReadCSV(strings.NewReader(file), data.CSVOptions{Header: true, Label: -1})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(set.Shape, set.X)
	fmt.Println(set.Labels, set.Classes)

	_, err = data.ReadCSV(strings.NewReader("1,2\n3,x\n"), data.CSVOptions{})
	fmt.Println(err)
	// Output:
	// [2] [1.1 20.5 0.3 4.5 0.9 17]
	// [0 1 0] [dog cat]
	// data: CSV: line 2, column 3: "x" is no number
}

func ExampleReadIDX() {
	// Bytes, of two axes, 2×3.
	file := []byte{0, 0, 8, 2, 0, 0, 0, 2, 0, 0, 0, 3, 10, 20, 30, 40, 50, 60}
	fmt.Println(data.ReadIDX(bytes.NewReader(file), 1000))

	_, _, err := data.ReadIDX(bytes.NewReader(file[:16]), 1000)
	fmt.Println(err)
	// Output:
	// [2 3] [10 20 30 40 50 60] <nil>
	// data: IDX: byte 16: 6 numbers of shape [2 3]: unexpected EOF
}

func ExampleMoons() {
	set := data.Moons(rand.New(rand.NewPCG(1, 2)), 200, 0.1)
	fmt.Println(set.Len(), "points of the shape", set.Shape)
	// Output: 200 points of the shape [2]
}

// A second file is read like the first one: features, categories and fills are those that a network was
// trained on.
func ExampleReadTable_like() {
	train, err := data.ReadTable(strings.NewReader("id,town,size,price\n1,Oslo,50,200\n2,Rome,70,310\n3,Rome,,300\n"),
		data.TableOptions{Target: "price", Drop: []string{"id"}})
	if err != nil {
		fmt.Println(err)
		return
	}
	test, err := data.ReadTable(strings.NewReader("size,town,id\n,Rome,4\n"), data.TableOptions{Like: train})
	fmt.Println(test.Features, test.X, err)
	_, err = data.ReadTable(strings.NewReader("size,town,id\n,Paris,5\n"), data.TableOptions{Like: train})
	fmt.Println(err)
	// Output:
	// [town=Oslo town=Rome size] [0 1 60] <nil>
	// data: table: line 2, column 2: "Paris" is none of the 2 categories of column "town" in the table before
}
