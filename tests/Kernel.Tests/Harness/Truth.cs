using System.Text.Json;
using Wire.Text;

namespace Kernel.Tests.Harness;

/// <summary>What the trigger program says that it did. Immutable.</summary>
internal sealed class Truth
{
    /// <summary>The agent reads the distance of the two clocks once; the wall clock may be corrected in between.</summary>
    private const long ClockToleranceNs = 100_000_000;
    private const long CreateFlag = 0x40;
    private readonly JsonElement _json;

    private Truth(JsonElement json) => _json = json;

    internal int Pid => (int)Number("pid");

    internal long Inode => Number("inode");

    internal string Path => _json.GetProperty("path").GetString()!;

    internal static Truth Parse(string line)
    {
        using var document = JsonDocument.Parse(line);
        return new Truth(document.RootElement.Clone());
    }

    internal long Number(string field) => _json.GetProperty(field).GetInt64();

    /// <summary>The event tells who acted and when as the trigger does.</summary>
    internal void AssertActor(AgentEvent e)
    {
        Assert.Equal(Pid, e.ProcessId);
        Assert.Equal(Number("uid"), e.Number("Uid"));
        Assert.Equal(Number("euid"), e.Number("Euid"));
        Assert.Equal(Number("gid"), e.Number("Gid"));
        Assert.Equal(Number("egid"), e.Number("Egid"));
        AssertSurroundings(e);
        Assert.Equal("trigger", e.Text("Comm"));
        Assert.Equal(KernelRequirements.TriggerExecutable, e.Text("Image"));
        Assert.Equal(Number("ppid"), e.ParentProcessId);
        var wall = Number("wall_minus_boot_ns");
        Assert.InRange(e.TimeNs, Number("before_ns") + wall - ClockToleranceNs, Number("after_ns") + wall + ClockToleranceNs);
    }

    /// <summary>The event tells the capabilities, the terminal and the namespaces of who acted.</summary>
    internal void AssertSurroundings(AgentEvent e)
    {
        var capabilities = (ulong)Number("capabilities");
        Assert.Equal(capabilities == 0 ? "" : CapabilityNames.MaskOf(capabilities), e.Text("Capabilities"));
        Assert.Equal(TerminalNames.Of((uint)Number("terminal")), e.Text("Tty"));
        Assert.Equal(Number("mount_namespace"), e.Number("MountNamespace"));
        Assert.Equal(Number("pid_namespace"), e.Number("PidNamespace"));
        Assert.Equal(Number("network_namespace"), e.Number("NetworkNamespace"));
        Assert.Equal(Number("user_namespace"), e.Number("UserNamespace"));
    }

    /// <summary>The event tells the same file and the same flags; O_CREAT, which a descriptor does not keep, only where it made the file.</summary>
    internal void AssertFile(AgentEvent e, bool created = false)
    {
        Assert.Equal("file_open", e.Kind);
        Assert.Equal("high", e.Lane);
        Assert.True(e.Flag("Sensitive"));
        Assert.Equal(Path, e.Text("TargetFilename"));
        Assert.Equal(_json.GetProperty("asked").GetString(), e.Text("AskedPath"));
        Assert.Equal(Inode, e.Number("Inode"));
        Assert.Equal(Number("flags") | (created ? CreateFlag : 0), e.Number("OpenFlags"));
    }

    public override string ToString() => _json.GetRawText();
}
