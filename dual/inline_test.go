package dual

import (
	"os/exec"
	"strings"
	"testing"
)

// TestArithmeticIsLeaf: what arithmetic on Numbers records in a trace is inlined. A call
// would cost every operation a third more, those of a single tangent too.
func TestArithmeticIsLeaf(t *testing.T) {
	said, err := exec.Command("go", "build", "-gcflags=-m", ".").CombinedOutput()
	if err != nil {
		t.Fatalf("go build: %v\n%.2000s", err, said)
	}
	inlined := map[string]int{}
	for line := range strings.Lines(string(said)) {
		if file, _, _ := strings.Cut(line, ":"); strings.HasSuffix(file, "number.go") {
			if _, call, ok := strings.Cut(strings.TrimSpace(line), "inlining call to "); ok {
				inlined[call]++
			}
		}
	}
	for call, least := range map[string]int{"tag.next": 4, "Number.place": 7, "tangentAt": 4, "tag.isMany": 4} {
		if inlined[call] < least {
			t.Errorf("%s is inlined %d times in number.go, want %d or more", call, inlined[call], least)
		}
	}
}
