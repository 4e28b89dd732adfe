using System.Runtime.InteropServices;
using EdgeAgent.Interop;

namespace EdgeAgent.Probes;

/// <summary>RLIMIT_MEMLOCK of this process.</summary>
internal static class Memlock
{
    /// <summary>Kernels before 5.11 charge maps to this limit; newer ones do not, so a refusal alone is no reason to stop.</summary>
    internal static unsafe void Raise(Action<string> report)
    {
        var unlimited = new LibC.RLimit { Soft = ulong.MaxValue, Hard = ulong.MaxValue };
        if (LibC.setrlimit(LibC.RLIMIT_MEMLOCK, &unlimited) != 0 && Environment.OSVersion.Version < new Version(5, 11))
        {
            report($"cannot raise RLIMIT_MEMLOCK ({Marshal.GetLastPInvokeErrorMessage()}); this kernel needs it to load the probes");
        }
    }
}
