package reverse

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/quartet-ad/ad/internal/memtest"
)

// TestHugeOptions: an option that no array can have panics with its number, and one
// that makes little of much takes little memory.
func TestHugeOptions(t *testing.T) {
	tape := NewTape()
	x := tape.Param(waves(2*8*8, 0), nil, 1, 2, 8, 8)
	w := tape.Param(waves(3*2*3*3, 1), nil, 3, 2, 3, 3)
	back := tape.Param(waves(2*3*3*3, 1), nil, 2, 3, 3, 3)
	for _, n := range []int{1 << 28, math.MaxInt / 8, math.MaxInt/2 + 1, math.MaxInt - 1, math.MaxInt} {
		two := [2]int{n, n}
		for name, f := range map[string]func() Array{
			"Pad before":     func() Array { return x.Pad(0, [2]int{0, 0}, [2]int{0, 0}, [2]int{n, 0}, [2]int{n, 0}) },
			"Pad after":      func() Array { return x.Pad(0, two, two) },
			"Pad away":       func() Array { return x.Pad(0, [2]int{-n, n}) },
			"PadWith":        func() Array { return x.PadWith(PadReflect, two, two) },
			"circular":       func() Array { return x.Conv2D(w, Array{}, ConvOptions{Padding: two, PadMode: PadCircular}) },
			"stride":         func() Array { return x.Conv2D(w, Array{}, ConvOptions{Stride: two}) },
			"padding":        func() Array { return x.Conv2D(w, Array{}, ConvOptions{Padding: two}) },
			"dilation":       func() Array { return x.Conv2D(w, Array{}, ConvOptions{Dilation: two}) },
			"both":           func() Array { return x.Conv2D(w, Array{}, ConvOptions{Stride: two, Padding: two}) },
			"transposed":     func() Array { return x.ConvTranspose2D(back, Array{}, ConvOptions{Stride: two}) },
			"transposed pad": func() Array { return x.ConvTranspose2D(back, Array{}, ConvOptions{Padding: two}) },
			"transposed more": func() Array {
				return x.ConvTranspose2D(back, Array{}, ConvOptions{Stride: two, OutputPadding: [2]int{n - 1, n - 1}})
			},
			"kernel":        func() Array { return x.MaxPool2D(PoolOptions{Kernel: two}) },
			"pool stride":   func() Array { return x.AvgPool2D(PoolOptions{Kernel: [2]int{2, 2}, Stride: two}) },
			"pool dilation": func() Array { return x.MaxPool2D(PoolOptions{Kernel: [2]int{2, 2}, Dilation: two}) },
			"adaptive":      func() Array { return x.AdaptiveAvgPool2D(n, n) },
			"upsample":      func() Array { return x.UpsampleNearest(n, n) },
			"broadcast":     func() Array { return x.BroadcastTo(n, n, 2, 8, 8) },
			"one hot":       func() Array { return tape.OneHot([]int{0, 1}, n) },
		} {
			if name == "one hot" && n == 1<<28 {
				continue // 4 GiB, as was asked for
			}
			t.Run(fmt.Sprintf("%s %d", name, n), func(t *testing.T) {
				n := memtest.Allocated(func() {
					defer func() {
						if p := recover(); p != nil {
							if text, ok := p.(string); !ok || !strings.HasPrefix(text, "reverse: ") {
								t.Errorf("panic %v", p)
							}
						}
					}()
					y := f()
					if y.Size() > 1000 {
						t.Errorf("%d elements", y.Size())
					}
				})
				if n > 1<<22 {
					t.Errorf("%d bytes", n)
				}
			})
		}
	}
}
