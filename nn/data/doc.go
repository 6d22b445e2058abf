// Package data reads, splits, shuffles and augments what networks are trained on, and
// holds some small sets of real data.
//
//	train, test := data.Digits().Split(rng, 0.8)
//	loader := data.Loader{Set: train, Size: 32, Rand: rng, Augment: data.Shift(1)}
//	for k, b := range loader.Epoch() {
//		… b.X, b.Labels
//	}
//
// A Set comes from files, by MNIST, ReadIDX and ReadCSV; from the package, Iris and Digits; or
// from a formula: Blobs, Moons, Spirals and Curve. Scenes draws images with several things in
// them, and knows their boxes and masks.
//
// Randomness is always an explicit *rand.Rand: the same seed gives the same batches,
// bit for bit.
//
// The digits are by E. Alpaydin and C. Kaynak, under the license CC BY 4.0; the irises are in
// the public domain. Their sources are in the folder embed.
package data
