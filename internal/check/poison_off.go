//go:build !poison

package check

// Poison says that storage which a backend gives back is left as it is. Build
// with -tags poison to have it overwritten.
const Poison = false
