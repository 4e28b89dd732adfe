using System.Runtime.InteropServices;
using EdgeAgent.Interop;
using EdgeAgent.Probes;

namespace EdgeAgent.Start;

/// <summary>The capabilities of the calling thread, as a set of bits. What changes them is final.</summary>
internal static unsafe class Rights
{
    private const int EINVAL = 22;
    private const int EPERM = 1;

    /// <summary>
    /// Gives up every capability but these, in all five sets, and the way to gain any by running a program (no_new_privs). Of the calling
    /// thread; what it executes starts with no more.
    /// </summary>
    /// <param name="keep">What stays effective and permitted, as far as it is there.</param>
    /// <returns>False when the bounding set had to stay as it was, for want of CAP_SETPCAP: without new privileges nothing comes of it.</returns>
    /// <exception cref="ProbeException">The kernel refuses.</exception>
    internal static bool Narrow(ulong keep)
    {
        var isBounded = true;
        for (var capability = 0; isBounded && capability < 64; capability++)
        {
            if ((keep >> capability & 1) == 0 && LibC.prctl(LibC.PR_CAPBSET_DROP, capability, 0, 0, 0) != 0)
            {
                if (Marshal.GetLastPInvokeError() == EINVAL)
                {
                    // Behind the last one that this kernel has.
                    break;
                }

                isBounded = Marshal.GetLastPInvokeError() == EPERM ? false : throw Refused("prctl(PR_CAPBSET_DROP)");
            }
        }

        Must(LibC.prctl(LibC.PR_CAP_AMBIENT, LibC.PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0), "prctl(PR_CAP_AMBIENT_CLEAR_ALL)");
        Set(keep);
        Must(LibC.prctl(LibC.PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), "prctl(PR_SET_NO_NEW_PRIVS)");
        return isBounded;
    }

    /// <summary>Whether the act fails for want of rights in a thread that has only these capabilities. The caller's own stay.</summary>
    internal static bool IsRefusedWith(ulong keep, Func<bool> act)
    {
        var isRefused = false;
        var thread = new Thread(() =>
        {
            Set(keep);
            isRefused = !act();
        });
        thread.Start();
        thread.Join();
        return isRefused;
    }

    internal static ulong Bit(Capability capability) => 1ul << (int)capability;

    private static void Set(ulong keep)
    {
        var header = new LibC.CapabilityHeader { Version = LibC.LINUX_CAPABILITY_VERSION_3 };
        var halves = stackalloc LibC.CapabilityHalf[2];
        Must(LibC.capget(&header, halves), "capget");
        for (var i = 0; i < 2; i++)
        {
            var kept = (uint)(keep >> (32 * i)) & halves[i].Permitted;
            halves[i] = new LibC.CapabilityHalf { Effective = kept, Permitted = kept };
        }

        Must(LibC.capset(&header, halves), "capset");
    }

    private static void Must(int result, string call)
    {
        if (result != 0)
        {
            throw Refused(call);
        }
    }

    private static ProbeException Refused(string call) =>
        new($"the agent cannot give up the rights that it does not need ({call}: {Marshal.GetLastPInvokeErrorMessage()})");
}
