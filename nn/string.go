package nn

import (
	"fmt"
	"strings"
)

// What layers call themselves in the texts of panics: the type, and the sizes that it was made of.

// lengths returns the lengths of a kernel as "3×3".
func lengths(shape []int) string {
	return strings.ReplaceAll(strings.Trim(fmt.Sprint(shape), "[]"), " ", "×")
}

// String returns "Linear(in→out)".
func (l *Linear) String() string {
	return fmt.Sprintf("Linear(%d→%d)", l.Weight.Shape[1], l.Weight.Shape[0])
}

// String returns "Conv2D(in→out, height×width)".
func (l *Conv2D) String() string {
	return convString("Conv2D", max(1, l.Groups)*l.Weight.Shape[1], l.Weight.Shape[0], l.Weight)
}

// String returns "Conv1D(in→out, length)".
func (l *Conv1D) String() string {
	return convString("Conv1D", max(1, l.Groups)*l.Weight.Shape[1], l.Weight.Shape[0], l.Weight)
}

// String returns "ConvTranspose2D(in→out, height×width)".
func (l *ConvTranspose2D) String() string {
	return convString("ConvTranspose2D", l.Weight.Shape[0], max(1, l.Groups)*l.Weight.Shape[1], l.Weight)
}

func convString(name string, in, out int, weight *Param) string {
	return fmt.Sprintf("%s(%d→%d, %s)", name, in, out, lengths(weight.Shape[2:]))
}

// String returns "BatchNorm(channels)".
func (l *BatchNorm) String() string { return fmt.Sprintf("BatchNorm(%d)", len(l.Mean.Value)) }

// String returns "LayerNorm(…)" with the lengths of the axes.
func (l *LayerNorm) String() string { return fmt.Sprintf("LayerNorm(%s)", lengths(l.Weight.Shape)) }

// String returns "GroupNorm(groups)".
func (l *GroupNorm) String() string { return fmt.Sprintf("GroupNorm(%d)", l.Groups) }

// String returns "Embedding(count→size)".
func (l *Embedding) String() string {
	return fmt.Sprintf("Embedding(%d→%d)", l.Weight.Shape[0], l.Weight.Shape[1])
}

// String returns "PReLU(slopes)".
func (l *PReLU) String() string { return fmt.Sprintf("PReLU(%d)", len(l.Slope.Value)) }

// String returns "MultiHeadAttention(features, heads)".
func (l *MultiHeadAttention) String() string {
	return fmt.Sprintf("MultiHeadAttention(%d, %d)", l.Query.Weight.Shape[1], l.Heads)
}

// String returns the kind of the cell, by its number of gates, and "(in→hidden)".
func (g *gates) String() string {
	names := map[int]string{1: "RNN", 3: "GRU", 4: "LSTM"}
	return fmt.Sprintf("%s(%d→%d)", names[g.InputWeight.Shape[0]/max(1, g.hidden())], g.InputWeight.Shape[1], g.hidden())
}

// String returns "MaxPool2D(height×width)".
func (l MaxPool2D) String() string { return "MaxPool2D(" + lengths(l.Kernel[:]) + ")" }

// String returns "AvgPool2D(height×width)".
func (l AvgPool2D) String() string { return "AvgPool2D(" + lengths(l.Kernel[:]) + ")" }

// String returns "MaxPool1D(length)".
func (l MaxPool1D) String() string { return "MaxPool1D(" + lengths(l.Kernel[:1]) + ")" }

// String returns "AvgPool1D(length)".
func (l AvgPool1D) String() string { return "AvgPool1D(" + lengths(l.Kernel[:1]) + ")" }
