using System.Globalization;
using System.Numerics;
using System.Text;

namespace Wire.Text;

/// <summary>Names of capabilities, by their numbers in include/uapi/linux/capability.h of the kernel. Thread-safe.</summary>
public static class CapabilityNames
{
    private const int MaskDigits = 16;

    private static readonly string[] Names =
    [
        "cap_chown", "cap_dac_override", "cap_dac_read_search", "cap_fowner", "cap_fsetid", "cap_kill", "cap_setgid", "cap_setuid", "cap_setpcap",
        "cap_linux_immutable", "cap_net_bind_service", "cap_net_broadcast", "cap_net_admin", "cap_net_raw", "cap_ipc_lock", "cap_ipc_owner",
        "cap_sys_module", "cap_sys_rawio", "cap_sys_chroot", "cap_sys_ptrace", "cap_sys_pacct", "cap_sys_admin", "cap_sys_boot", "cap_sys_nice",
        "cap_sys_resource", "cap_sys_time", "cap_sys_tty_config", "cap_mknod", "cap_lease", "cap_audit_write", "cap_audit_control", "cap_setfcap",
        "cap_mac_override", "cap_mac_admin", "cap_syslog", "cap_wake_alarm", "cap_block_suspend", "cap_audit_read", "cap_perfmon", "cap_bpf",
        "cap_checkpoint_restore",
    ];

    /// <summary>All that have a name here; what root has outside containers.</summary>
    public static ulong All => (1ul << Names.Length) - 1;

    /// <summary>The bit of the capability of that name; null when none is called so.</summary>
    public static ulong? Find(string name) => Array.IndexOf(Names, name) is var number and >= 0 ? 1ul << number : null;

    /// <summary>A set as the kernel writes it in /proc/PID/status: sixteen hexadecimal digits.</summary>
    public static string MaskOf(ulong capabilities) => capabilities.ToString("x16", CultureInfo.InvariantCulture);

    /// <summary>The set of such a text; null when it is another one.</summary>
    public static ulong? OfMask(string text) =>
        text.Length == MaskDigits && ulong.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var set) ? set : null;

    /// <summary>The names of a set, by number, with commas between; one that is not known as <c>cap_</c> and its number; empty for none.</summary>
    /// <param name="capabilities">A bit for each.</param>
    public static string Of(ulong capabilities)
    {
        var text = new StringBuilder();
        for (var left = capabilities; left != 0; left &= left - 1)
        {
            var number = BitOperations.TrailingZeroCount(left);
            text.Append(text.Length > 0 ? "," : "").Append(number < Names.Length ? Names[number] : string.Create(CultureInfo.InvariantCulture, $"cap_{number}"));
        }

        return text.ToString();
    }
}
