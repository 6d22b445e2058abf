package onnx

import (
	"reflect"
	"slices"
	"testing"

	"github.com/quartet-ad/ad/nn"
	"github.com/quartet-ad/ad/nn/vision"
)

// TestFields: what layers can be told is what their models say. A field that is new here would be
// left out of a model without a word: write it, or refuse it, and then name it here.
func TestFields(t *testing.T) {
	conv := []string{"Weight", "Bias", "Stride", "Padding", "Dilation", "OutputPadding", "Groups", "PadMode"}
	pool := []string{"Kernel", "Stride", "Padding", "Dilation", "Ceil", "CountPadding"}
	gates := []string{"InputWeight", "StateWeight", "InputBias", "StateBias"}
	for _, c := range []struct {
		layer  any
		fields []string
	}{
		{nn.Linear{}, []string{"Weight", "Bias"}},
		{nn.Embedding{}, []string{"Weight", "Padding"}}, // which is for training
		{nn.Conv1D{}, conv}, {nn.Conv2D{}, conv}, {nn.ConvTranspose2D{}, conv},
		{nn.MaxPool1D{}, pool}, {nn.MaxPool2D{}, pool}, {nn.AvgPool1D{}, pool}, {nn.AvgPool2D{}, pool},
		{nn.AdaptiveAvgPool2D{}, []string{"Height", "Width"}}, {nn.AdaptiveMaxPool2D{}, []string{"Height", "Width"}},
		{nn.AdaptiveAvgPool1D{}, []string{"Length"}}, {nn.AdaptiveMaxPool1D{}, []string{"Length"}},
		{nn.GlobalAvgPool{}, nil},
		{nn.BatchNorm{}, []string{"Weight", "Bias", "Mean", "Variance", "Momentum", "Epsilon"}},
		{nn.LayerNorm{}, []string{"Weight", "Bias", "Epsilon"}},
		{nn.GroupNorm{}, []string{"Groups", "Weight", "Bias", "Epsilon"}},
		{nn.Dropout{}, []string{"Probability", "Rand"}},
		{nn.Flatten{}, nil},
		{nn.UpsampleNearest{}, []string{"Scale", "Height", "Width"}},
		{nn.UpsampleBilinear{}, []string{"Scale", "Height", "Width", "AlignCorners"}},
		{nn.Recurrent{}, []string{"Parts", "Bidirectional", "Between"}}, // which is for training
		{nn.RNN{}, gates}, {nn.GRU{}, gates}, {nn.LSTM{}, gates},
		{nn.MultiHeadAttention{}, []string{"Heads", "Causal", "Query", "Key", "Value", "Output", "Drop"}}, // Drop is for training
		{nn.Residual{}, []string{"Body", "Shortcut"}},
		{nn.PReLU{}, []string{"Slope"}}, {nn.Softmax{}, []string{"Axis"}}, {nn.LogSoftmax{}, []string{"Axis"}}, {nn.GLU{}, []string{"Axis"}},
		{nn.LeakyReLU{}, []string{"Slope"}}, {nn.ELU{}, []string{"Alpha"}}, {nn.CELU{}, []string{"Alpha"}},
		{nn.Softplus{}, []string{"Beta"}}, {nn.HardTanh{}, []string{"Lo", "Hi"}}, {nn.HardShrink{}, []string{"Lambda"}}, {nn.SoftShrink{}, []string{"Lambda"}},
		{vision.Backbone{}, []string{"Channels", "Widths", "Stages"}},
		{vision.UNet{}, []string{"Classes", "Channels", "Down", "Expand", "Up", "Head", "Dice"}},
	} {
		var fields []string
		for _, f := range reflect.VisibleFields(reflect.TypeOf(c.layer)) {
			if f.IsExported() && !f.Anonymous {
				fields = append(fields, f.Name)
			}
		}
		if !slices.Equal(fields, c.fields) {
			t.Errorf("%T has the fields %q, and models know %q", c.layer, fields, c.fields)
		}
	}
}
