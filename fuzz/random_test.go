package fuzz

import (
	"flag"
	"math/rand/v2"
	"runtime"
	"sync"
	"testing"
	"time"

	"github.com/quartet-ad/ad/compare"
)

var programsFlag = flag.Int("programs", 20_000, "how many random programs the judge is given")

// TestRandomPrograms runs random programs through the judge: four methods, and no
// disagreement. What was compared is counted.
func TestRandomPrograms(t *testing.T) {
	programs := *programsFlag
	if testing.Short() {
		programs = 5_000
	}
	var mu sync.Mutex
	var sum compare.Report
	classes := make(map[compare.Class]int)
	sharp := 0     // smooth points at which differences were sharp
	undecided := 0 // points where rounding errors are all of a derivative
	start := time.Now()
	var group sync.WaitGroup
	for w := range runtime.NumCPU() {
		group.Go(func() {
			for i := w; i < programs; i += runtime.NumCPU() {
				p, x := Random(rand.New(rand.NewPCG(1, uint64(i))))
				r := compare.Check(p.Func(), x)
				mu.Lock()
				switch r.Verdict() {
				case compare.Disagree:
					t.Errorf("program %d\n%v\n%v", i, p, r)
				case compare.Undecided:
					undecided++
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
	t.Logf("%d programs in %.1f s: %v; %d comparisons, %d without evidence (%v); %d with differences, %d of them sharp; %d smooth points with sharp differences; %d undecided",
		programs, time.Since(start).Seconds(), classes, sum.Comparisons, sum.Skipped, sum.Without, sum.Measured, sum.Sharp, sharp, undecided)
	if sum.Comparisons < 90*programs || sum.Measured < 35*programs || sum.Sharp < 35*programs || sharp < 99*programs/100 || sum.Skipped > programs || undecided > programs/1000 {
		t.Error("too little was compared")
	}
}
