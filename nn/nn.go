// Package nn will be a small neural-network package that trains on reverse. It
// is empty so far.
package nn
