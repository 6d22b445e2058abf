// Package data reads, splits, shuffles and augments what networks are trained on.
package data
