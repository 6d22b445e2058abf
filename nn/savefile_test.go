package nn_test

import (
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/quartet-ad/ad/nn"
)

// TestKilledWriter kills processes while they save: the file is whole, and the next
// save leaves nothing beside it.
func TestKilledWriter(t *testing.T) {
	if path := os.Getenv("SAVE_FOREVER"); path != "" {
		l := &nn.Embedding{Weight: nn.NewParam("weight", 1000, 1000)}
		for {
			if err := nn.Save(path, l); err != nil {
				t.Fatal(err)
			}
		}
	}
	folder := t.TempDir()
	path := filepath.Join(folder, "model")
	l := &nn.Embedding{Weight: nn.NewParam("weight", 1000, 1000)}
	for range 5 {
		cmd := exec.Command(os.Args[0], "-test.run=^TestKilledWriter$")
		cmd.Env = append(os.Environ(), "SAVE_FOREVER="+path)
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		for range 200 {
			time.Sleep(10 * time.Millisecond)
			if _, err := os.Stat(path); err == nil {
				break
			}
		}
		cmd.Process.Kill()
		cmd.Wait()
		if err := nn.Load(path, l); err != nil {
			t.Errorf("after a kill: %v", err)
		}
	}
	if err := nn.Save(path, l); err != nil {
		t.Fatal(err)
	}
	if entries, err := os.ReadDir(folder); err != nil || len(entries) != 1 {
		t.Errorf("beside the model: %v, %v", entries, err)
	}
}

// TestSaveThroughLink: a link stays one, and what it leads to is replaced, with its
// permissions.
func TestSaveThroughLink(t *testing.T) {
	folder := t.TempDir()
	file, link, dangling := filepath.Join(folder, "sub", "model"), filepath.Join(folder, "link"), filepath.Join(folder, "dangling")
	if err := os.Mkdir(filepath.Dir(file), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(filepath.Join("sub", "model"), link); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(filepath.Join("sub", "other"), dangling); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, nil, 0o640); err != nil {
		t.Fatal(err)
	}
	l := &nn.Embedding{Weight: nn.NewParam("weight", 2, 3)}
	for _, path := range []string{link, dangling} {
		if err := nn.Save(path, l); err != nil {
			t.Fatal(err)
		}
		if info, err := os.Lstat(path); err != nil || info.Mode()&fs.ModeSymlink == 0 {
			t.Errorf("%s is a link no more: %v, %v", path, info, err)
		}
		if err := nn.Load(path, l); err != nil {
			t.Error(err)
		}
	}
	if info, err := os.Stat(file); err != nil || info.Size() == 0 || runtime.GOOS != "windows" && info.Mode().Perm() != 0o640 {
		t.Errorf("%v, %v", info, err)
	}
}

// TestSaveErrors name the file that was asked for.
func TestSaveErrors(t *testing.T) {
	folder := t.TempDir()
	plain := filepath.Join(folder, "plain")
	if err := os.WriteFile(plain, nil, 0o666); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(filepath.Join(folder, "folder"), 0o777); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{filepath.Join(plain, "model"), filepath.Join(folder, "missing", "model"), filepath.Join(folder, "folder")} {
		err := nn.Save(path, &nn.Embedding{Weight: nn.NewParam("weight", 2, 3)})
		if err == nil || !strings.Contains(err.Error(), path) || strings.Contains(err.Error(), "partial") {
			t.Errorf("%s: %v", path, err)
		}
	}
	if entries, _ := os.ReadDir(folder); len(entries) != 2 {
		t.Errorf("left behind: %s", fmt.Sprint(entries))
	}
}
