using System.Globalization;

namespace Wire.Text;

/// <summary>What terminals are called below <c>/dev</c>, by the numbers of Documentation/admin-guide/devices.txt of the kernel. Thread-safe.</summary>
public static class TerminalNames
{
    private const int MinorBits = 20;

    /// <summary>Such as <c>pts/0</c>, <c>tty1</c>, <c>ttyS0</c>; one that is not known as <c>major:minor</c>; empty for none.</summary>
    /// <param name="device">Major × 2^20 + minor.</param>
    public static string Of(uint device)
    {
        var (major, minor) = (device >> MinorBits, device & ((1u << MinorBits) - 1));
        return (major, minor) switch
        {
            (0, _) => "",
            (4, < 64) => Text($"tty{minor}"),
            (4, _) => Text($"ttyS{minor - 64}"),
            (5, 1) => "console",
            (>= 136 and <= 143, _) => Text($"pts/{((major - 136) << 8) + minor}"),
            (204, >= 64 and < 80) => Text($"ttyAMA{minor - 64}"),
            (229, _) => Text($"hvc{minor}"),
            _ => Text($"{major}:{minor}"),
        };

        static string Text(FormattableString name) => name.ToString(CultureInfo.InvariantCulture);
    }
}
