using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Cdk.Bootstrap;
using Cdk.Tests.Support;

namespace Cdk.Tests.Bootstrap;

/// <summary>A host in a folder: the real scripts with their paths moved there, and stand-ins for aws, systemctl and the agent.</summary>
internal sealed class InstallSandbox : IDisposable
{
    private static readonly string[] MovedPaths = ["/opt/", "/etc/", "/sys/kernel/", "/var/lib/", "/var/log/", "/run/"];
    private static readonly string Scripts = Path.Combine(RepositoryRoot.Find(), "cdk", "Bootstrap");

    private readonly TemporaryFolder _folder = new();

    public InstallSandbox()
    {
        _folder.Write("sys/kernel/btf/vmlinux", "btf");
        _folder.Write("etc/systemd/system/other.service", "");
        _folder.Write("var/lib/other", "");
        _folder.Write("var/log/other", "");
        // The last argument of get-object is the file to write.
        WriteTool("aws", $"echo \"$*\" >>{At("calls-aws")}\ncp {At("archive")} \"${{@: -1}}\"");
        WriteTool("journalctl", "");
        // Where the host was when something was written through to the disk.
        WriteTool("sync", $"echo \"$* current=$(readlink {At("opt/edge-agent/current")}) there=$([ -e \"${{@: -1}}\" ] && echo yes)\" >>{At("calls-sync")}");
        // From a call of systemctl on no room is left.
        foreach (var tool in (string[])["cat", "cp", "ln", "mktemp"])
        {
            WriteTool(tool, $"""
                if [ -e {At("full")} ] && grep -q "$(<{At("full")})" {At("calls-systemctl")} 2>/dev/null; then echo "{tool}: No space left on device" >&2; exit 1; fi
                PATH=/usr/bin:/bin exec {tool} "$@"
                """);
        }

        // A service whose agent is broken does not start.
        WriteTool("systemctl", $"""
            echo "$*" >>{At("calls-systemctl")}
            case $1 in
              is-active) [ -e {At("active")} ] ;;
              is-enabled) [ -e {At("trying")} ] ;;
              enable) [[ $* != *install.timer ]] || touch {At("trying")} ;;
              restart)
                rm -f {At("active")}
                echo 99$RANDOM$RANDOM >{At("pid")}
                ! grep -q broken {At("opt/edge-agent/current/edge-agent")} && touch {At("active")}
                ;;
              disable) if [[ $* = *edge-agent.service ]]; then rm -f {At("active")}; else rm -f {At("trying")}; fi ;;
              show) [[ $2 = *Environment ]] && cat {At("environment")} 2>/dev/null ||
                [ -e {At("unsteady")} ] && echo $RANDOM$RANDOM || cat {At("pid")} ;;
            esac
            """);
    }

    /// <summary>The place of a path of the host.</summary>
    public string At(string path) => Path.Combine(_folder.Path, path);

    /// <summary>What lies on the host, without the stand-ins' own.</summary>
    public string[] Files() => [.. new[] { "etc", "opt", "var", "run", "sys" }
        .Where(folder => Directory.Exists(At(folder)))
        .SelectMany(folder => Directory.EnumerateFiles(At(folder), "*", SearchOption.AllDirectories))
        .Select(file => Path.GetRelativePath(At("."), file)).Order(StringComparer.Ordinal)];

    public IReadOnlyList<string> Calls(string tool) =>
        File.Exists(At($"calls-{tool}")) ? File.ReadAllLines(At($"calls-{tool}")) : [];

    public void ForgetCalls()
    {
        File.Delete(At("calls-aws"));
        File.Delete(At("calls-systemctl"));
        File.Delete(At("calls-sync"));
    }

    /// <summary>From the call of systemctl that contains this text on, nothing can be written to the disk.</summary>
    public void FillDiskAfter(string call) => File.WriteAllText(At("full"), call);

    /// <summary>What the unit gives the agent, as systemctl shows it.</summary>
    public void GiveTheAgent(string environment) => File.WriteAllText(At("environment"), environment + "\n");

    /// <summary>Nothing can be fetched, from now on or no longer.</summary>
    public void CutOff(bool isCutOff) =>
        File.Move(At(isCutOff ? "archive" : "archive.away"), At(isCutOff ? "archive.away" : "archive"));

    /// <summary>From now on systemd has to start the agent anew all the time.</summary>
    public void LetTheAgentFall() => File.WriteAllText(At("unsteady"), "");

    /// <summary>
    /// Puts an archive with this agent into the bucket and returns its SHA-256. The agent is degraded, does not answer, or cannot detach its probes (stuck), where
    /// its name says so. As the real one, it refuses variables with its prefix that it does not know.
    /// </summary>
    public string Publish(string agent)
    {
        WriteProgram("build/edge-agent", $"""
            # {agent}
            [ "$1" = --version ] || ! compgen -e | grep ^EDGE_AGENT_ | grep -v ^EDGE_AGENT_HEALTH_SOCKET$ || exit 78
            [ "$1" = status ] || [ "$1" = --version ] || echo "$*" >>{At("calls-agent")}
            [ "$1" = --version ] || echo "$1 $EDGE_AGENT_HEALTH_SOCKET" >>{At("calls-socket")}
            [ "$1" = status ] && [ "{(agent.Contains("degraded", StringComparison.Ordinal) ? "yes" : "")}" ] && echo "trouble       kinesis stream: cannot reach" && exit 1
            [ "$1" = stop ] && [ "{(agent.Contains("stuck", StringComparison.Ordinal) ? "yes" : "")}" ] && exit 78
            [ "$1" = status ] && [ "{(agent.Contains("silent", StringComparison.Ordinal) ? "yes" : "")}" ] && echo "no agent answers" && exit 2
            exit 0
            """);
        WriteProgram("build/setup.sh", Moved(File.ReadAllText(Path.Combine(Scripts, "setup.sh"))));
        _folder.Write("build/edge-agent.service", File.ReadAllText(Path.Combine(Scripts, "edge-agent.service")));
        Assert.Equal((0, ""), CommandLine.Run("tar", ["-C", At("build"), "-czf", At("archive"), "."]));
        return Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(At("archive"))));
    }

    public (int ExitCode, string Output) Install(string sha256, string? machine = null, string run = "bash {0}")
    {
        var script = AgentBootstrap.Render(new AgentBootstrapValues
        {
            ArtefactBucket = "bucket",
            ArtefactKey = "key.gz",
            Sha256 = sha256,
            Machine = machine ?? (RuntimeInformation.OSArchitecture == Architecture.Arm64 ? "aarch64" : "x86_64"),
            Region = "eu-west-1",
            UrlSuffix = "amazonaws.com",
            StreamName = "stream",
        });
        _folder.Write("user-data", Moved(script));
        return Run(string.Format(CultureInfo.InvariantCulture, run, At("user-data")));
    }

    /// <summary>What the timer runs.</summary>
    public (int ExitCode, string Output) TryAgain(string arguments = "") => Run($"{At("opt/edge-agent/install.sh")} {arguments}");

    /// <summary>Runs the set-up script of the version that is current.</summary>
    public (int ExitCode, string Output) SetUp(string arguments) => Run($"{At("opt/edge-agent/current/setup.sh")} {arguments}");

    public void Dispose() => _folder.Dispose();

    private (int ExitCode, string Output) Run(string script) =>
        CommandLine.Run("bash", [], $"export EDGE_SETUP_WELL_SECONDS=1 EDGE_SETUP_STEADY_SECONDS=0 EDGE_SETUP_RETRY_SECONDS=0\n{script}", firstInPath: At("bin"));

    private string Moved(string script) =>
        MovedPaths.Aggregate(script, (text, path) => text.Replace(path, At(path.TrimStart('/')), StringComparison.Ordinal));

    private void WriteTool(string name, string body) => WriteProgram($"bin/{name}", body);

    private void WriteProgram(string path, string body)
    {
        var file = _folder.Write(path, body.StartsWith("#!", StringComparison.Ordinal) ? body : $"#!/bin/bash\n{body}\n");
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
