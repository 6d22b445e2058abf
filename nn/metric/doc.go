// Package metric measures how good predictions are.
package metric
