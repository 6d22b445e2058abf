package dual

import (
	"os"
	"os/exec"
	"strings"
	"testing"
)

// TestArithmeticIsLeaf: what arithmetic on Numbers records in a trace is inlined. A call
// would cost every operation a third more, those of a single tangent too.
func TestArithmeticIsLeaf(t *testing.T) {
	build := exec.Command("go", "build", "-gcflags=-m", ".")
	build.Env = append(os.Environ(), "GOARCH=amd64") // what is inlined is another matter on 32 bits
	said, err := build.CombinedOutput()
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
