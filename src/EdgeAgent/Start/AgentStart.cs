using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Text;
using EdgeAgent.Interop;
using EdgeAgent.Options;
using EdgeAgent.Probes;
using EdgeAgent.Probes.Pinning;
using EdgeAgent.SelfTest;
using Wire.Text;

namespace EdgeAgent.Start;

/// <summary>
/// Two lives of one process: the first has root's rights, chooses, loads and attaches the probes; then it executes its own program anew with
/// the few capabilities that running takes, and hands the probes' descriptors over. No thread of the second ever had more.
/// </summary>
/// <remarks>See <c>docs/decisions/0012-rights-given-up.md</c>.</remarks>
internal static unsafe class AgentStart
{
    private const string Variable = "EDGE_HANDED_OVER";
    private const string UnprivilegedBpf = "/proc/sys/kernel/unprivileged_bpf_disabled";

    /// <summary>Reads other users' processes under /proc; watched folders that are closed to others, and cgroups by their ids.</summary>
    private static readonly Capability[] Needed = [Capability.CAP_SYS_PTRACE, Capability.CAP_DAC_READ_SEARCH];

    /// <summary>What the first life handed over; null in the first life.</summary>
    /// <exception cref="ProbeException">It cannot be read.</exception>
    internal static KernelHandles? HandedOver()
    {
        var text = Environment.GetEnvironmentVariable(Variable);
        Environment.SetEnvironmentVariable(Variable, null);
        return text is null ? null : KernelHandles.Read(text);
    }

    /// <summary>Begins the second life; comes back only by an exception.</summary>
    /// <param name="options">Checked options.</param>
    /// <param name="report">Takes what a person must know.</param>
    /// <param name="flush">Called last: what was reported must have been written when it returns.</param>
    /// <exception cref="ProbeException">The probes cannot run here, or the rights cannot be given up.</exception>
    [DoesNotReturn]
    internal static void LoadAndBegin(AgentOptions options, Action<string> report, Action flush)
    {
        using var pins = options.PinFolder is { } path ? PinFolder.Open(path) : null;
        using var probes = pins is null ? LoadAnew(options, report, out var handles) : PinnedStart.Begin(options, pins, report, out handles);
        handles.SetInherited(true);
        if (!Rights.Narrow(Kept(probes)))
        {
            report("the capabilities' bounding set stays as it was, for want of CAP_SETPCAP; no_new_privs is set, so nothing can be gained from it");
        }

        flush();
        Execute($"{Variable}={handles.Write()}");
    }

    private static ProbeSet LoadAnew(AgentOptions options, Action<string> report, out KernelHandles handles)
    {
        var probes = BackendProof.Load(options, report);
        var number = probes.StartNumbers();
        probes.Attach();
        handles = probes.HandOver(number);
        return probes;
    }

    /// <summary>What running takes. Kernels before 5.19 allow no use of BPF maps without CAP_BPF, while unprivileged BPF is disabled.</summary>
    private static ulong Kept(ProbeSet probes)
    {
        var keep = Needed.Aggregate(0ul, (all, capability) => all | Rights.Bit(capability));

        // Who may use BPF without rights now need not be allowed to later.
        var isOpen = File.Exists(UnprivilegedBpf) && File.ReadAllText(UnprivilegedBpf).Trim() == "0";
        return isOpen || Rights.IsRefusedWith(keep, probes.IsUsable) ? keep | Rights.Bit(Capability.CAP_BPF) : keep;
    }

    [DoesNotReturn]
    private static void Execute(string variable)
    {
        var program = Environment.ProcessPath ?? "/proc/self/exe";
        var arguments = File.ReadAllBytes("/proc/self/cmdline");
        byte[] environment = [.. File.ReadAllBytes("/proc/self/environ"), .. Encoding.UTF8.GetBytes(variable + '\0')];
        fixed (byte* path = Encoding.UTF8.GetBytes(program + '\0'), first = arguments, second = environment)
        fixed (nint* argv = Pointers(arguments, first), envp = Pointers(environment, second))
        {
            _ = LibC.execve(path, argv, envp);
        }

        throw new ProbeException(
            $"the agent cannot execute itself with fewer rights ({SafeText.Escape(program)}: {Marshal.GetLastPInvokeErrorMessage()}); start it anew");
    }

    /// <summary>Where each of the texts begins, which end with NUL, and a null pointer.</summary>
    private static nint[] Pointers(byte[] block, byte* start)
    {
        var pointers = new List<nint>();
        for (var begin = 0; begin < block.Length; begin += block.AsSpan(begin).IndexOf((byte)0) + 1)
        {
            pointers.Add((nint)(start + begin));
        }

        return [.. pointers, 0];
    }
}
