package vision

import (
	"math/rand/v2"

	"github.com/quartet-ad/ad/nn"
	"github.com/quartet-ad/ad/reverse"
)

// NewLeNet returns a classifier of images of the shape [n, 1, 28, 28], with 61706 parameters
// for 10 classes. Its Forward returns logits of the shape [n, classes].
//
// It has the sizes of LeNet-5 (LeCun et al., Gradient-based learning applied to document
// recognition, 1998, section II.B), with padding in place of the margin of its images, every map
// connected to every other, ReLU for tanh, the maximum for the mean in pooling, and logits for
// radial basis functions.
func NewLeNet(classes int, rng *rand.Rand) nn.Sequential {
	return nn.Sequential{
		nn.NewConv2D(1, 6, 5, reverse.ConvOptions{Padding: [2]int{2, 2}}, rng), nn.ReLU{}, nn.NewMaxPool2D(2),
		nn.NewConv2D(6, 16, 5, reverse.ConvOptions{}, rng), nn.ReLU{}, nn.NewMaxPool2D(2),
		nn.Flatten{},
		nn.NewLinear(400, 120, rng), nn.ReLU{},
		nn.NewLinear(120, 84, rng), nn.ReLU{},
		nn.NewLinear(84, classes, rng),
	}
}

// NewLeNet8 returns a classifier in the manner of NewLeNet for images of the shape [n, 1, 8, 8],
// with 13706 parameters for 10 classes.
func NewLeNet8(classes int, rng *rand.Rand) nn.Sequential {
	return nn.Sequential{
		nn.NewConv2D(1, 16, 3, reverse.ConvOptions{Padding: [2]int{1, 1}}, rng), nn.ReLU{}, nn.NewMaxPool2D(2),
		nn.NewConv2D(16, 32, 3, reverse.ConvOptions{Padding: [2]int{1, 1}}, rng), nn.ReLU{}, nn.NewMaxPool2D(2),
		nn.Flatten{},
		nn.NewLinear(128, 64, rng), nn.ReLU{},
		nn.NewLinear(64, classes, rng),
	}
}
