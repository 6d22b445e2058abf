package fuzz

import (
	"math"
	"math/rand/v2"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/compare"
	"github.com/quartet-ad/ad/compare/catalog"
)

// TestRandomPrograms runs a hundred thousand random programs through the judge:
// four methods, and no disagreement. What was compared is counted.
func TestRandomPrograms(t *testing.T) {
	programs := 100_000
	if testing.Short() {
		programs /= 10
	}
	var mu sync.Mutex
	var sum compare.Report
	classes := make(map[compare.Class]int)
	sharp := 0 // smooth points at which differences were sharp
	start := time.Now()
	var group sync.WaitGroup
	for w := range runtime.NumCPU() {
		group.Go(func() {
			for i := w; i < programs; i += runtime.NumCPU() {
				p, x := Random(rand.New(rand.NewPCG(1, uint64(i))))
				r := compare.Check(p.Func(), x)
				mu.Lock()
				if !r.OK() {
					t.Errorf("program %d\n%v\n%v", i, p, r)
				}
				sum.Comparisons += r.Comparisons
				sum.Skipped += r.Skipped
				for k, n := range r.Without {
					sum.Without[k] += n
				}
				sum.Measured += r.Measured
				sum.Sharp += r.Sharp
				classes[r.Class]++
				if r.Class == compare.Smooth && r.Sharp > 0 {
					sharp++
				}
				mu.Unlock()
			}
		})
	}
	group.Wait()
	t.Logf("%d programs in %.1f s: %v; %d comparisons, %d without evidence (%v); %d with differences, %d of them sharp; %d smooth points with sharp differences",
		programs, time.Since(start).Seconds(), classes, sum.Comparisons, sum.Skipped, sum.Without, sum.Measured, sum.Sharp, sharp)
	if sum.Comparisons < 90*programs || sum.Measured < 35*programs || sum.Sharp < 35*programs || sharp < 99*programs/100 || sum.Skipped > programs {
		t.Error("too little was compared")
	}
}

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
		if !p.equal(q) || !equalBits(x, y) {
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

func equalBits(x, y []float64) bool {
	for i := range x {
		if !sameBits(x[i], y[i]) {
			return false
		}
	}
	return len(x) == len(y)
}

// TestOperations: a program can do all that package ad has an operation for.
func TestOperations(t *testing.T) {
	names := make(map[string]bool)
	for _, op := range operations {
		switch op.kind {
		case apply, apply2, applyWith, applyN:
			names[op.name()] = true
		}
	}
	elementary := 0
	for _, e := range catalog.Functions() {
		if e.Group == "elementary" {
			elementary++
			if !names[e.Func.Name] {
				t.Errorf("no program uses %s", e.Func.Name)
			}
		}
	}
	if want := elementary + 5; len(names) != want || elementary < 60 {
		t.Errorf("programs use %d functions, want %d", len(names), want)
	}
}

// TestFloats: every number survives the codec to the bit.
func TestFloats(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 0))
	numbers := append(Special(), 1, -1, 0.125, -8, 7.875, 8, 1e-3, 3.14, 0.5+0x1p-12, math.Float64frombits(0x7ff8000000000001))
	for range 10_000 {
		numbers = append(numbers, math.Float64frombits(r.Uint64()), float64(r.IntN(200)-100)/8, float64(r.IntN(1<<16)-1<<15)/4096)
	}
	for _, x := range numbers {
		data := AppendFloat(nil, x)
		d := NewDecoder(data)
		if y := d.Float(); !sameBits(x, y) || len(d.data) != 0 {
			t.Errorf("%v (%x) is decoded as %v from % x", x, math.Float64bits(x), y, data)
		}
	}
	for b := range 256 {
		data := []byte{byte(b), 0x12, 0x34}
		x := NewDecoder(data).Float()
		if y := NewDecoder(AppendFloat(nil, x)).Float(); !sameBits(x, y) {
			t.Errorf("byte %d: %v is encoded and decoded as %v", b, x, y)
		}
	}
}

// TestText: a program reads like Go.
func TestText(t *testing.T) {
	got := program(2,
		st(loop, 0).times(3, st(mul, 2, 1), st(apply, 3).of(ad.OpSin)),
		st(constant).value(math.Copysign(0, -1)),
		st(ifPos, 2, 3, 0),
		st(applyN, 2, 4, 4, 0).many(ad.OpDot),
		st(neg, 5),
	).String()
	const want = `f(x0, x1) {
	v2 := x0
	for range 3 {
		v3 := v2 * x1
		v4 := sin(v3)
		v2 = v4
	}
	v3 := -0
	v4 := ifpos(v2, v3, x0)
	v5 := dot(v2, v4, v4, x0)
	v6 := -v5
	return v6
}`
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// TestEval holds a program against the same function written in Go.
func TestEval(t *testing.T) {
	p := program(2,
		st(loop, 0).times(3, st(mul, 2, 1), st(apply, 3).of(ad.OpSin)),
		st(constant).value(0.5),
		st(applyN, 2, 3, 1, 0).many(ad.OpDot),
		st(ifPos, 4, 4, 3),
	)
	for _, x := range [][]float64{{1, 2}, {-1, 2}, {0.3, -0.7}} {
		z := x[0]
		for range 3 {
			z = math.Sin(z * x[1])
		}
		want := z*x[1] + 0.5*x[0]
		if !(want > 0) {
			want = 0.5
		}
		if got := Eval(p, []ad.Real{ad.Real(x[0]), ad.Real(x[1])}); math.Abs(float64(got)-want) > 1e-15 {
			t.Errorf("at %v: %v, want %v", x, got, want)
		}
	}
	defer func() {
		if got, want := recover(), "fuzz: Eval of a program of 2 inputs at 1 numbers"; got != want {
			t.Errorf("panic %q, want %q", got, want)
		}
	}()
	Eval(p, []ad.Real{1})
}

// program and st write programs down.
func program(inputs int, body ...statement) Program { return Program{inputs, body} }

func st(k kind, args ...int) statement {
	for i, op := range operations {
		if op.kind == k {
			return statement{op: i, args: args}
		}
	}
	panic("no such operation")
}

func (s statement) of(op ad.Op) statement     { return s.find(operation{kind: apply, one: op}) }
func (s statement) of2(op ad.Op2) statement   { return s.find(operation{kind: apply2, two: op}) }
func (s statement) many(op ad.OpN) statement  { return s.find(operation{kind: applyN, many: op}) }
func (s statement) value(c float64) statement { s.c = c; return s }
func (s statement) times(n int, body ...statement) statement {
	s.rounds, s.body = n, body
	return s
}

func (s statement) find(want operation) statement {
	for i, op := range operations {
		if op.weight = 0; op == want {
			s.op = i
			return s
		}
	}
	panic("no such operation")
}
