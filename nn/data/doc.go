// Package data reads, splits, shuffles and augments what networks are trained on, and
// holds some small sets of real data.
//
//	train, test := data.Digits().Split(rng, 0.8)
//	loader := data.Loader{Set: train, Size: 32, Rand: rng, Augment: data.Shift(1)}
//	for k, b := range loader.Epoch() {
//		… b.X, b.Labels
//	}
//
// A Set comes from files, by MNIST, ReadIDX, ReadCSV, ReadTable and Images; from the package, Iris and Digits; or
// from a formula: Blobs, Moons, Spirals and Curve. Scenes draws images with several things in
// them, and knows their boxes and masks.
//
// Randomness is always an explicit *rand.Rand: the same seed gives the same batches,
// bit for bit.
//
// Options may be left out: where 0 makes no sense, it stands for the default that the field names.
//
// The digits are by E. Alpaydin and C. Kaynak, under the license CC BY 4.0; the irises are in
// the public domain. Their sources are in the folder embed.
//
// # Files
//
//	set.go, loader.go            samples, views of them, batches
//	csv.go, csvscan.go           sets from comma-separated numbers
//	csvstream.go                 batches of a file that is larger than memory
//	table.go, tablecolumn.go     sets from columns of numbers and texts, some of them missing
//	tablelike.go                 tables with the columns of another one
//	images.go                    sets from folders of pictures
//	idx.go, mnist.go             the format of MNIST, and its four files
//	embedded.go                  irises and digits
//	toy.go, scenes.go            points from formulas; images with several digits
//	normalize.go, augment.go     scaling of features; random changes of images
package data
