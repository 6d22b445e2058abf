package onnx

import (
	"fmt"
	"io"
	"strings"

	"github.com/quartet-ad/ad/nn"
	"github.com/quartet-ad/ad/nn/vision"
	"github.com/quartet-ad/ad/reverse"
)

// WriteNetwork writes a network in evaluation mode as a model with one input, x of shape
// [batch, sample…], and one output, y. The weights are rounded to the precision, and keep the
// names that nn.State gives them.
//
// WriteNetwork returns an error with the path and the name of the layer if a layer cannot be
// written, or does not take what comes from the one before; also if a weight is too large for the
// precision, a length of the sample is less than 1, or the model has more than 2 GiB. Errors of w are
// returned as they are.
//
// Cost: a pass of one sample through the network, which finds the shapes, and memory for the
// weights twice more.
func WriteNetwork(w io.Writer, net nn.Layer, p Precision, sample ...int) error {
	m, err := networkModel(net, p, sample)
	if err != nil {
		return fmt.Errorf("onnx: WriteNetwork: %w", err)
	}
	_, err = w.Write(m)
	return err
}

// mostElements bounds the sample whose shape is followed through the network.
const mostElements = 1 << 28

func networkModel(net nn.Layer, p Precision, sample []int) (message, error) {
	if p != Float32 && p != Float64 {
		return nil, fmt.Errorf("Precision(%d), want Float32 or Float64", int(p))
	}
	size := 1
	for _, d := range sample {
		if d < 1 || d > mostElements/size {
			return nil, fmt.Errorf("a sample of shape %v", sample)
		}
		size *= d
	}
	for path, l := range nn.Walk(net) {
		if l == nil {
			return nil, fmt.Errorf("%s: the layer is nil", path)
		}
	}
	defer evaluation(net)()
	e := &exporter{graph: newGraph(p), names: map[*float64]string{}}
	for name, q := range nn.State(net) {
		if len(q.Value) > 0 {
			e.names[&q.Value[0]] = name
		}
	}
	x := reverse.NewTape().Const(make([]float64, size), append([]int{1}, sample...)...)
	y, err := e.layer("", net, array{e.input("x", sample), x})
	if err != nil {
		return nil, err
	}
	e.place = ""
	e.output("y", y.name, y.sample())
	return e.model()
}

// evaluation puts a network into evaluation mode, and returns what puts its layers back.
func evaluation(net nn.Layer) (restore func()) {
	var training []nn.Stateful
	for _, l := range nn.Walk(net) {
		if s, ok := l.(nn.Stateful); ok {
			if t, ok := l.(interface{ Training() bool }); !ok || t.Training() {
				training = append(training, s)
			}
			s.SetTraining(false)
		}
	}
	return func() {
		for _, s := range training {
			s.SetTraining(true)
		}
	}
}

// An array is a value of a graph, and a sample of it, a batch of one, whose shape it has.
type array struct {
	name string
	of   reverse.Array
}

func (a array) shape() []int  { return a.of.Shape() }
func (a array) sample() []int { return a.of.Shape()[1:] }

// An exporter writes layers to a graph.
type exporter struct {
	*graph
	names  map[*float64]string // of weights
	weight map[*float64]bool   // that the present layer has written
	cache  map[*float64]string // tensors of weights, which layers may share
}

// layer writes l, which is at a path of the network.
func (e *exporter) layer(path string, l nn.Layer, x array) (y array, err error) {
	switch c := l.(type) {
	case nn.Sequential:
		return e.sequence(path, c, x)
	case *vision.Backbone:
		return e.sequence(path, c.Stages, x)
	case *vision.UNet:
		return e.unet(path, c, x)
	case *nn.Residual:
		if y, err = e.layer(join(path, 0), c.Body, x); err != nil {
			return y, err
		}
		if c.Shortcut != nil {
			if x, err = e.layer(join(path, 1), c.Shortcut, x); err != nil {
				return y, err
			}
		}
		e.place = path
		sum, err := e.forward(path, l, func() reverse.Array { return x.of.Add(y.of) })
		return array{e.node("Add", []string{x.name, y.name}), sum}, err
	}
	if y.of, err = e.forward(path, l, func() reverse.Array { return l.Forward(x.of) }); err != nil {
		return y, err
	}
	e.place, e.weight = path, map[*float64]bool{}
	if y.name, err = e.leaf(l, x, y.of); err != nil {
		return y, fmt.Errorf("%s: %w", title(path, l), err)
	}
	for _, p := range l.Params() {
		if len(p.Value) > 0 && !e.weight[&p.Value[0]] {
			return y, fmt.Errorf("%s: its parameter %s%v cannot be written", title(path, l), p.Name, p.Shape)
		}
	}
	return y, nil
}

// sequence writes layers one after the other.
func (e *exporter) sequence(path string, layers []nn.Layer, x array) (array, error) {
	for i, l := range layers {
		var err error
		if x, err = e.layer(join(path, i), l, x); err != nil {
			return x, err
		}
	}
	return x, nil
}

// forward returns what f does with a sample, or what it panics with as an error.
func (e *exporter) forward(path string, l nn.Layer, f func() reverse.Array) (y reverse.Array, err error) {
	defer func() {
		if r := recover(); r != nil {
			text := fmt.Sprint(r)
			for _, prefix := range []string{"nn: ", "reverse: ", title("", l) + " "} {
				text = strings.TrimPrefix(text, prefix)
			}
			err = fmt.Errorf("%s: %s", title(path, l), text)
		}
	}()
	if y = f(); y.Rank() == 0 || y.Shape()[0] != 1 {
		err = fmt.Errorf("%s: a batch of 1 becomes one of shape %v", title(path, l), y.Shape())
	}
	return y, err
}

// title names a layer and its path.
func title(path string, l nn.Layer) string {
	name := strings.TrimPrefix(strings.TrimPrefix(fmt.Sprintf("%T", l), "*"), "nn.")
	if s, ok := l.(fmt.Stringer); ok {
		name = s.String()
	}
	return strings.TrimSpace(path + " " + name)
}

func join(path string, i int) string {
	if path == "" {
		return fmt.Sprint(i)
	}
	return fmt.Sprint(path, ".", i)
}

// param returns a weight as it is.
func (e *exporter) param(p *nn.Param) string {
	if len(p.Value) > 0 {
		if e.weight[&p.Value[0]] = true; e.cache == nil {
			e.cache = map[*float64]string{}
		}
		if name, ok := e.cache[&p.Value[0]]; ok {
			return name
		}
	}
	name := e.array(p, p.Value, p.Shape)
	if len(p.Value) > 0 {
		e.cache[&p.Value[0]] = name
	}
	return name
}

// array returns values that were made of a weight, which gives them its name.
func (e *exporter) array(p *nn.Param, values []float64, shape []int) string {
	name := p.Name
	if len(p.Value) > 0 {
		e.weight[&p.Value[0]] = true
		if known := e.names[&p.Value[0]]; known != "" {
			name = known
		}
	}
	return e.tensor(name, values, shape)
}

// constants returns an array of one number, again and again.
func (e *exporter) constants(value float64, n int) string {
	list := make([]float64, n)
	for i := range list {
		list[i] = value
	}
	return e.tensor(fmt.Sprint("constant", value), list, []int{n})
}

// reshape returns x in another shape; 0 stands for the batch.
func (e *exporter) reshape(x string, shape ...int) string {
	return e.node("Reshape", []string{x, e.indices(shape...)})
}

// number returns x as a number: what is done with it is done with every element.
func (e *exporter) number(x string) number { return number{g: e.graph, name: x} }

// float returns an attribute of a float32.
func float(name string, v float64) attribute { return attribute{name, float32(v)} }
