namespace Kernel.Tests.Harness;

/// <summary>
/// An agent in a mount namespace of its own, in which every file and folder of the shipped watch lists exists. The folders that hold them
/// are overlays: this machine's files show through, and nothing that is written reaches them.
/// </summary>
public sealed class AgentOnFullHost : RunningAgent
{
    // The files are empty: each program of the namespace reads /etc/ld.so.preload when it starts.
    private const string Prepare = """
        set -e
        scratch=$1; shift
        mount -t tmpfs tmpfs "$scratch"
        for top in etc home root opt var dev; do
            mkdir -p "/$top" "$scratch/$top" "$scratch/$top-work"
            mount -t overlay overlay -o "lowerdir=/$top,upperdir=$scratch/$top,workdir=$scratch/$top-work" "/$top"
        done
        while [ "$1" != -- ]; do
            kind=$1 path=$2; shift 2
            [ "$kind" = folder ] && mkdir -p "$path" && continue
            mkdir -p "${path%/*}"
            [ -e "$path" ] || : > "$path"
        done
        shift
        exec "$@"
        """;

    /// <summary>Paths below /proc cannot be made.</summary>
    internal static IReadOnlyList<string> Files { get; } =
        [.. WatchLists.Shipped.Files.Where(f => !f.StartsWith("/proc/", StringComparison.Ordinal)).Select(f => f.Replace("*", "kt-home", StringComparison.Ordinal))];

    internal static IReadOnlyList<string> Folders => WatchLists.Shipped.Folders;

    /// <summary>Runs the trigger program in the agent's mount namespace.</summary>
    internal Task<Truth> TriggerAsync(params IEnumerable<string> arguments) => Trigger.RunInAsync(Enter, arguments);

    /// <summary>Runs a program in the agent's mount namespace.</summary>
    internal Task<Command> RunAsync(params IEnumerable<string> line) => Command.MustRunAsync(Enter[0], [.. Enter[1..], .. line]);

    /// <inheritdoc/>
    protected override IReadOnlyList<string> Wrapper() =>
    [
        "unshare", "--mount", "--propagation", "private", "sh", "-c", Prepare, "prepare", Directory.CreateDirectory(Scratch.Under("layers")).FullName,
        .. Files.SelectMany(f => new[] { "file", f }), .. Folders.SelectMany(f => new[] { "folder", f }), "--",
    ];

    private string[] Enter => ["nsenter", "--target", $"{Agent.Pid}", "--mount"];
}
