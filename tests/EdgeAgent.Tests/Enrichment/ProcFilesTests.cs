using System.Diagnostics;
using EdgeAgent.Enrichment;
using Support;
using Wire.Model;

namespace EdgeAgent.Tests.Enrichment;

public sealed class ProcFilesTests : IDisposable
{
    private static readonly ProcessKey Key = new(42, 1234 * ProcFiles.NsPerTick);
    private readonly TemporaryFolder _folder = new();

    private ProcFiles Proc => new(_folder.Path);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Process_is_described_by_its_files()
    {
        Show("cat", "cat\0/etc/hosts\0");
        var shown = Proc.Describe(Key);
        Assert.Equal(("/usr/bin/cat", "/srv", false), (shown.Image, shown.CurrentDirectory, shown.ArgumentsTruncated));
        Assert.Equal(["cat", "/etc/hosts"], shown.Arguments);
    }

    [Theory]
    [InlineData("a) R 1 1")]
    [InlineData(") (")]
    [InlineData("((x)) S 9 9 9")]
    public void Name_with_parentheses_and_spaces_does_not_shift_the_fields(string comm)
    {
        Show(comm, "x\0");
        Assert.Equal(["x"], Proc.Describe(Key).Arguments);
    }

    [Fact]
    public void Pid_that_belongs_to_another_process_by_now_is_not_described()
    {
        Show("cat", "cat\0");
        Assert.Same(ProcDescription.Empty, Proc.Describe(Key with { StartNs = Key.StartNs + ProcFiles.NsPerTick }));
        Assert.NotSame(ProcDescription.Empty, Proc.Describe(Key with { StartNs = Key.StartNs + ProcFiles.NsPerTick - 1 }));
    }

    [Fact]
    public void Process_that_vanished_wholly_or_in_part_is_empty_where_nothing_is_shown()
    {
        Assert.Same(ProcDescription.Empty, Proc.Describe(Key));
        Show("cat", "");
        File.Delete(_folder["42/exe"]);
        File.Delete(_folder["42/cwd"]);
        File.Delete(_folder["42/cmdline"]);
        var shown = Proc.Describe(Key);
        Assert.Equal(("", "", 0), (shown.Image, shown.CurrentDirectory, shown.Arguments.Count));
    }

    [Theory]
    [InlineData("")]
    [InlineData("42 (cat")]
    [InlineData("42 (cat) S 1 2 3")]
    [InlineData("42 (cat) S 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 x")]
    public void Damaged_stat_describes_nothing(string stat)
    {
        Show("cat", "cat\0");
        File.WriteAllText(_folder["42/stat"], stat);
        Assert.Same(ProcDescription.Empty, Proc.Describe(Key));
    }

    [Fact]
    public void Long_command_line_is_cut_and_says_so()
    {
        Show("cat", new string('x', 5000) + "\0");
        var shown = Proc.Describe(Key);
        Assert.Equal((4096, true), (Assert.Single(shown.Arguments).Length, shown.ArgumentsTruncated));
    }

    [Fact]
    public void Deleted_image_is_shown_without_the_kernels_remark()
    {
        Show("cat", "cat\0", image: "/tmp/x (deleted)");
        Assert.Equal("/tmp/x", Proc.Describe(Key).Image);
    }

    [Fact]
    public void Image_that_is_not_UTF8_keeps_its_bytes()
    {
        Show("cat", "cat\0");
        File.Delete(_folder["42/exe"]);
        using var link = Process.Start("sh", ["-c", "ln -s \"$(printf '/tmp/\\377x')\" \"$0\"", _folder["42/exe"]]);
        link.WaitForExit();
        Assert.Equal("/tmp/\udcffx", Proc.Describe(Key).Image);
    }

    [Fact]
    public void Own_process_is_described_from_the_real_proc()
    {
        var stat = File.ReadAllText("/proc/self/stat");
        var tick = ulong.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[19], System.Globalization.CultureInfo.InvariantCulture);
        var shown = new ProcFiles("/proc").Describe(new ProcessKey((uint)Environment.ProcessId, tick * ProcFiles.NsPerTick));
        Assert.Equal((Environment.ProcessPath, Environment.CurrentDirectory), (shown.Image, shown.CurrentDirectory));
        Assert.NotEmpty(shown.Arguments);
    }

    private void Show(string comm, string commandLine, string image = "/usr/bin/cat")
    {
        _folder.File("42/stat", $"42 ({comm}) S 1 42 42 0 -1 4194560 100 0 0 0 0 0 0 0 20 0 1 0 1234 1000 10 184467 1\n");
        _folder.File("42/cmdline", commandLine);
        File.CreateSymbolicLink(_folder["42/exe"], image);
        File.CreateSymbolicLink(_folder["42/cwd"], "/srv");
    }
}
