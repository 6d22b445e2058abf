package check

// Fill overwrites every entry of s with v: how a backend poisons what it gives
// back, in a build where Poison is true.
func Fill[T any](s []T, v T) {
	for i := range s {
		s[i] = v
	}
}
