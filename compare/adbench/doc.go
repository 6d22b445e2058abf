// Package adbench states the objectives of ADBench (Šrajer, Kukelova and Fitzgibbon,
// A Benchmark of Selected Algorithmic Differentiation Tools, 2018): Gaussian
// mixtures, bundle adjustment, hand tracking and an LSTM, in plain Go, over numbers
// and over arrays. Its tests hold the forms against each other, and its benchmarks
// time the derivatives as ratios to the plain function.
package adbench
