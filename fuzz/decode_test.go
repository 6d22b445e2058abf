package fuzz

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// TestCodec: what is encoded is decoded as the same program and point, whatever
// the bytes that it came from, and has a text.
func TestCodec(t *testing.T) {
	r := rand.New(rand.NewPCG(2, 0))
	used := make(map[int]int)
	var costs, empty int
	for range 20_000 {
		p, x := Decode(generator{r}.bytes(r.IntN(300)))
		count(used, p.body)
		if c := p.Cost(); c > maxCost {
			t.Fatalf("cost %d:\n%v", c, p)
		} else {
			costs += c
		}
		if len(p.body) == 0 {
			empty++
		}
		q, y := Decode(Encode(p, x))
		if !p.equal(q) || !slices.EqualFunc(x, y, sameBits) {
			t.Fatalf("%v at %v is decoded as %v at %v", p, x, q, y)
		}
		if text := p.String(); text != q.String() || strings.Count(text, ":=") < len(p.body) {
			t.Fatalf("text %s", text)
		}
	}
	if len(used) != len(operations) {
		t.Errorf("%d operations were met, there are %d", len(used), len(operations))
	}
	if costs < 20_000*maxCost/2 || empty > 1000 {
		t.Errorf("%d operations in all, %d programs without any", costs, empty)
	}
}

func count(used map[int]int, body []statement) {
	for _, s := range body {
		used[s.op]++
		count(used, s.body)
	}
}
