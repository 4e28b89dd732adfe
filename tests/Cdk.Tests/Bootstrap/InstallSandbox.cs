using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Cdk.Bootstrap;
using Cdk.Tests.Support;

namespace Cdk.Tests.Bootstrap;

/// <summary>A host in a folder: the real script with its paths moved there, and stand-ins for aws and systemctl.</summary>
internal sealed class InstallSandbox : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public InstallSandbox()
    {
        _folder.Write("sys/kernel/btf/vmlinux", "btf");
        _folder.Write("etc/systemd/system/other.service", "");
        // The last argument of get-object is the file to write.
        WriteTool("aws", $"echo \"$*\" >>{At("calls-aws")}\ncp {At("archive")} \"${{@: -1}}\"");
        WriteTool("systemctl", $"""
            echo "$*" >>{At("calls-systemctl")}
            case $1 in
              is-active) [ -e {At("active")} ] ;;
              enable) touch {At("active")} ;;
            esac
            """);
    }

    /// <summary>The place of a path of the host.</summary>
    public string At(string path) => Path.Combine(_folder.Path, path);

    public IReadOnlyList<string> Calls(string tool) =>
        File.Exists(At($"calls-{tool}")) ? File.ReadAllLines(At($"calls-{tool}")) : [];

    public void ForgetCalls()
    {
        File.Delete(At("calls-aws"));
        File.Delete(At("calls-systemctl"));
    }

    /// <summary>Puts an archive with this agent into the bucket and returns its SHA-256.</summary>
    public string Publish(string agent)
    {
        var file = _folder.Write("build/edge-agent", agent);
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Assert.Equal((0, ""), CommandLine.Run("tar", ["-C", At("build"), "-czf", At("archive"), "."]));
        return Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(At("archive"))));
    }

    public (int ExitCode, string Output) Install(string sha256, string? machine = null)
    {
        var script = AgentBootstrap.Render(new AgentBootstrapValues
        {
            ArtefactBucket = "bucket",
            ArtefactKey = "key.gz",
            Sha256 = sha256,
            Machine = machine ?? (RuntimeInformation.OSArchitecture == Architecture.Arm64 ? "aarch64" : "x86_64"),
            Region = "eu-west-1",
            StreamName = "stream",
        });
        foreach (var absolute in new[] { "/opt/", "/etc/", "/sys/kernel/" })
        {
            script = script.Replace(absolute, At(absolute.TrimStart('/')), StringComparison.Ordinal);
        }

        return CommandLine.Run("bash", [], script, firstInPath: At("bin"));
    }

    public void Dispose() => _folder.Dispose();

    private void WriteTool(string name, string body)
    {
        var file = _folder.Write($"bin/{name}", $"#!/bin/bash\n{body}\n");
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserExecute);
    }
}
