package nn

import (
	"fmt"
	"strings"
)

// TorchNames returns a function that turns the names of a PyTorch state_dict into those of State, for
// LoadPartial. The module must be made up as l is: a Sequential for a Sequential, and for every
// Residual one with its body as "0" and its shortcut as "1". For another module, rename its parts
// first:
//
//	torch := nn.TorchNames(net)
//	report, err := nn.LoadPartial("model.safetensors", net, func(name string) []string {
//		return torch(strings.Replace(name, "features.", "0.", 1))
//	})
//
// Most names are the same in both. Those that are not:
//
//	layer               PyTorch                                here
//	PReLU               weight                                 slope
//	RNN, GRU, LSTM      weight_ih_l0, bias_hh_l0, …            weight_ih, bias_hh, …
//	Recurrent           weight_ih_l1, bias_hh_l0_reverse, …    2.weight_ih, 1.bias_hh, …: by Parts
//	MultiHeadAttention  in_proj_weight, in_proj_bias           0.weight, 1.weight, 2.weight; bias likewise
//	                    out_proj.weight, out_proj.bias         3.weight, 3.bias
//	BatchNorm           num_batches_tracked                    left out
//
// Shapes and the order of gates are those of PyTorch: i, f, g, o of an LSTM and r, z, n of a GRU. Of
// a module that is not in float64, the numbers are widened.
//
// In PyTorch a file is written by safetensors.torch.save_file(module.state_dict(), path).
//
// Cost: one visit of every layer.
func TorchNames(l Layer) func(name string) []string {
	names := map[string][]string{}
	for path, part := range Walk(l) {
		if path != "" {
			path += "."
		}
		switch part := part.(type) {
		case *PReLU:
			names[path+"weight"] = []string{path + "slope"}
		case *RNN, *GRU, *LSTM:
			for _, name := range recurrentNames {
				names[path+name+"_l0"] = []string{path + name}
			}
		case *Recurrent:
			for i := range part.Parts {
				end := fmt.Sprint("_l", i/part.directions())
				if i%part.directions() == 1 {
					end += "_reverse"
				}
				for _, name := range recurrentNames {
					names[path+name+end] = []string{fmt.Sprint(path, i, ".", name)}
				}
			}
		case *MultiHeadAttention:
			for _, name := range []string{"weight", "bias"} {
				names[path+"in_proj_"+name] = []string{path + "0." + name, path + "1." + name, path + "2." + name}
				names[path+"out_proj."+name] = []string{path + "3." + name}
			}
		}
	}
	return func(name string) []string {
		if to, ok := names[name]; ok {
			return to
		}
		if strings.HasSuffix(name, "num_batches_tracked") {
			return nil
		}
		return []string{name}
	}
}

// recurrentNames are the parameters of a recurrent cell.
var recurrentNames = []string{"weight_ih", "weight_hh", "bias_ih", "bias_hh"}
