//go:build poison

package check

// Poison says that storage which a backend gives back is to be overwritten with
// NaN and with indices that are out of range, so that a use after release shows
// itself. Build with -tags poison.
const Poison = true
