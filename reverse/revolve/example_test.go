package revolve_test

import (
	"fmt"

	"github.com/quartet-ad/ad/reverse/revolve"
)

// A schedule for six steps with two states kept.
func ExampleSchedule() {
	for a := range revolve.Schedule(6, 2) {
		fmt.Println(a)
	}
	fmt.Println(revolve.Steps(6, 2), revolve.Steps(1_000_000, 30))
	// Output:
	// Store 0 in 0
	// Advance 0 to 3
	// Store 3 in 1
	// Advance 3 to 5
	// Back 5
	// Restore 3 from 1
	// Advance 3 to 4
	// Back 4
	// Restore 3 from 1
	// Back 3
	// Restore 0 from 0
	// Advance 0 to 1
	// Store 1 in 1
	// Advance 1 to 2
	// Back 2
	// Restore 1 from 1
	// Back 1
	// Restore 0 from 0
	// Back 0
	// 8 5623008
}
