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
    public void Command_line_that_does_not_come_is_not_waited_for_and_others_are_read()
    {
        var proc = Proc;
        for (var stuck = 0; stuck < PatientReader.MostThreads - 1; stuck++)
        {
            Show("cat", "", pid: 50 + stuck);
            MakeFifo($"{50 + stuck}/cmdline");
            var shown = proc.Describe(Key with { Pid = 50u + (uint)stuck });
            Assert.Equal(("/usr/bin/cat", "/srv", true, 0), (shown.Image, shown.CurrentDirectory, shown.ArgumentsTruncated, shown.Arguments.Count));
        }

        Show("cat", "cat\0/etc/hosts\0");
        Assert.Equal(["cat", "/etc/hosts"], proc.Describe(Key).Arguments);
    }

    [Fact]
    public void While_too_many_command_lines_do_not_come_none_is_read_and_all_else_is()
    {
        var proc = Proc;
        for (var stuck = 0; stuck < ProcFiles.MostLate; stuck++)
        {
            Show("cat", "", pid: 50 + stuck);
            MakeFifo($"{50 + stuck}/cmdline");
            Assert.True(proc.Describe(Key with { Pid = 50u + (uint)stuck }).ArgumentsTruncated);
        }

        Show("cat", "cat\0/etc/hosts\0");
        var shown = proc.Describe(Key);
        Assert.Equal(("/usr/bin/cat", true, 0), (shown.Image, shown.ArgumentsTruncated, shown.Arguments.Count));
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

    private void MakeFifo(string file)
    {
        File.Delete(_folder[file]);
        using var made = Process.Start("mkfifo", [_folder[file]]);
        made.WaitForExit();
    }

    private void Show(string comm, string commandLine, string image = "/usr/bin/cat", int pid = 42)
    {
        _folder.File($"{pid}/stat", $"{pid} ({comm}) S 1 42 42 0 -1 4194560 100 0 0 0 0 0 0 0 20 0 1 0 1234 1000 10 184467 1\n");
        _folder.File($"{pid}/cmdline", commandLine);
        File.CreateSymbolicLink(_folder[$"{pid}/exe"], image);
        File.CreateSymbolicLink(_folder[$"{pid}/cwd"], "/srv");
    }
}
