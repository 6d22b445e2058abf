package vision

import (
	"fmt"
	"math/rand/v2"

	"github.com/quartet-ad/ad/nn"
	"github.com/quartet-ad/ad/reverse"
)

// UNet gives every pixel a class (Ronneberger, Fischer and Brox, U-Net, arXiv:1505.04597; here
// with padding, so that the result is as large as the image, and with batch normalization). On
// the way down it halves images and looks at larger and larger surroundings; on the way up it
// doubles them again, and puts beside them what was seen in that size on the way down:
//
//	x ── Down[0] ──────────────────────── Concat ── Up[0] ── Head
//	        └─ pool ── Down[1] ── Expand[0] ──┘
//
// In training, which a new UNet is in:
//
//	tape.Reset()
//	loss := u.Loss(u.Forward(tape.Const(images, n, 1, h, w)), labels)
//	loss.Backward()
//	opt.Step(params)
//
// and then
//
//	labels := u.Predict(tape.Const(images, n, 1, h, w))
type UNet struct {
	Classes, Channels int
	Down              nn.Sequential         // two convolutions for each width; all but the first after pooling
	Expand            []*nn.ConvTranspose2D // 2×2 with a stride of 2, from Widths[i+1] to Widths[i]
	Up                nn.Sequential         // two convolutions for each width but the last, widest, one
	Head              *nn.Conv2D            // 1×1, to the logits
	Dice              float64               // the weight of the Dice loss in Loss: 1
}

// UNetOptions are the options of NewUNet. A field that is left out has the default that it names.
type UNetOptions struct {
	Channels int   // of the images; 1
	Widths   []int // channels at every size, the full one first; 16, 32, 64, 64
}

// NewUNet returns a UNet for classes 0 to classes-1, of which one is usually the background.
//
// NewUNet panics if a number is not positive.
func NewUNet(classes int, rng *rand.Rand, o ...UNetOptions) *UNet {
	const name = "NewUNet"
	opts := option(name, o)
	if opts.Channels == 0 {
		opts.Channels = 1
	}
	if opts.Widths == nil {
		opts.Widths = []int{16, 32, 64, 64}
	}
	checkPositive(name, "classes", classes)
	checkPositive(name, "channels", opts.Channels)
	checkPositive(name, "widths", opts.Widths...)
	u := &UNet{Classes: classes, Channels: opts.Channels, Dice: 1}
	in := opts.Channels
	for _, w := range opts.Widths {
		u.Down = append(u.Down, double(in, w, rng))
		in = w
	}
	for i, w := range opts.Widths[:len(opts.Widths)-1] {
		u.Expand = append(u.Expand, nn.NewConvTranspose2D(opts.Widths[i+1], w, 2, reverse.ConvOptions{Stride: [2]int{2, 2}}, rng))
		u.Up = append(u.Up, double(2*w, w, rng))
	}
	u.Head = same(opts.Widths[0], classes, 1, 1, rng)
	return u
}

// double returns two convolutions with normalization and ReLU.
func double(in, out int, rng *rand.Rand) nn.Layer {
	return nn.Sequential{normed(in, out, 3, 1, rng), nn.ReLU{}, normed(out, out, 3, 1, rng), nn.ReLU{}}
}

// Forward returns the logits of the classes of every pixel, of the shape [n, classes, h, w],
// for images x of the shape [n, channels, h, w].
//
// Where height or width is not divisible by 2 as often as images are halved, zeros are put below and
// to the right, and what they become is cut off.
//
// Forward panics if x is of another shape.
func (u *UNet) Forward(x reverse.Array) reverse.Array {
	checkImages("UNet", x, u.Channels)
	s, unit := x.Shape(), 1<<len(u.Up)
	below, right := (unit-s[2]%unit)%unit, (unit-s[3]%unit)%unit
	if below == 0 && right == 0 {
		return u.whole(x)
	}
	y := u.whole(x.Pad(0, [2]int{}, [2]int{}, [2]int{0, below}, [2]int{0, right}))
	return y.Pad(0, [2]int{}, [2]int{}, [2]int{0, -below}, [2]int{0, -right})
}

// whole is Forward of images that can be halved.
func (u *UNet) whole(x reverse.Array) reverse.Array {
	pool := nn.NewMaxPool2D(2)
	seen := make([]reverse.Array, len(u.Up))
	for i := range u.Up {
		seen[i] = u.Down[i].Forward(x)
		x = pool.Forward(seen[i])
	}
	x = u.Down[len(u.Up)].Forward(x)
	for i := len(u.Up) - 1; i >= 0; i-- {
		x = u.Up[i].Forward(reverse.Concat(1, seen[i], u.Expand[i].Forward(x)))
	}
	return u.Head.Forward(x)
}

// Loss returns the loss of logits where labels are the true classes of all pixels, row by row: the
// mean cross-entropy of the pixels plus Dice times the mean over classes of DiceLoss, with a
// smoothing of 1, of the probabilities in the whole batch. Cross-entropy alone all but overlooks
// classes of few pixels.
//
// Labels are not copied, and must not change before the next Reset.
//
// Loss panics if the logits are not of the shape [n, classes, h, w], if there is not a label
// for every pixel, or if one is no class.
func (u *UNet) Loss(logits reverse.Array, labels []int) reverse.Array {
	s := logits.Shape()
	if len(s) != 4 || s[1] != u.Classes {
		panic(fmt.Sprintf("vision: Loss of logits of shape %v for %d classes, want [n, %d, height, width]", s, u.Classes, u.Classes))
	}
	loss := nn.CrossEntropy(logits, labels)
	if u.Dice == 0 {
		return loss
	}
	p := logits.Softmax(1).Transpose(1, 0, 2, 3).Reshape(u.Classes, len(labels))
	mask := logits.Tape().Scratch(u.Classes * len(labels))
	clear(mask)
	for i, k := range labels {
		mask[k*len(labels)+i] = 1
	}
	return loss.Add(nn.DiceLoss(p, logits.Tape().Const(mask, u.Classes, len(labels)), 1).Scale(u.Dice))
}

// Predict returns the most probable class of every pixel of images x, row by row. x has the shape
// [n, channels, h, w]. Of classes that are equally probable it is the lowest. Predict works as
// after training, even while u is in training.
//
// Cost: a forward pass.
//
// Predict panics as Forward does, or if a logit is NaN.
func (u *UNet) Predict(x reverse.Array) []int {
	var logits reverse.Array
	asAfterTraining(u, func() { logits = u.Forward(x) })
	return argmax(logits)
}

// argmax returns the places of the largest elements along axis 1.
func argmax(x reverse.Array) []int {
	s, v := x.Shape(), x.Values()
	classes, pixels := s[1], s[2]*s[3]
	best := make([]int, s[0]*pixels)
	for i := range best {
		at := v[i/pixels*classes*pixels+i%pixels:]
		for k := range classes {
			switch y := at[k*pixels]; {
			case y != y:
				panic(fmt.Sprintf("vision: Predict with a logit of NaN in image %d, class %d, row %d, column %d", i/pixels, k, i%pixels/s[3], i%s[3]))
			case y > at[best[i]*pixels]:
				best[i] = k
			}
		}
	}
	return best
}

// Params returns the parameters of the layers, in their order.
func (u *UNet) Params() []*nn.Param { return nn.Sequential(u.Layers()).Params() }

// Layers returns the layers on the way down, on the way up, the finest first, each after its
// expansion, and the head.
func (u *UNet) Layers() []nn.Layer {
	layers := []nn.Layer{u.Down}
	for i, up := range u.Up {
		layers = append(layers, u.Expand[i], up)
	}
	return append(layers, u.Head)
}
