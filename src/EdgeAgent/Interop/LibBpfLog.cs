using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace EdgeAgent.Interop;

/// <summary>Keeps what libbpf prints (warnings, the verifier's log), so that an error can show it in full.</summary>
/// <remarks>Bounded: the newest <see cref="MaxCharacters"/> characters. Thread-safe.</remarks>
internal static unsafe class LibBpfLog
{
    internal const int MaxCharacters = 1 << 20;
    private const int Debug = 2;
    private static readonly StringBuilder Text = new();

    /// <summary>Sends libbpf's output here instead of stderr.</summary>
    internal static void Capture() => LibBpf.libbpf_set_print(&Print);

    /// <summary>What was printed since the last call.</summary>
    internal static string Take()
    {
        lock (Text)
        {
            var text = Text.ToString().TrimEnd();
            Text.Clear();
            return text;
        }
    }

    /// <summary>libbpf_print_fn_t. The va_list is passed on untouched: by reference on x86-64 and arm64 alike.</summary>
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Print(int level, byte* format, nint arguments)
    {
        if (level >= Debug)
        {
            return 0;
        }

        const int Size = 1 << 16;
        var buffer = (byte*)NativeMemory.Alloc(Size);
        var length = LibC.vsnprintf(buffer, Size, format, arguments);
        if (length > 0)
        {
            lock (Text)
            {
                Text.Append(Encoding.UTF8.GetString(buffer, Math.Min(length, Size - 1)));
                if (Text.Length > MaxCharacters)
                {
                    Text.Remove(0, Text.Length - MaxCharacters);
                }
            }
        }

        NativeMemory.Free(buffer);
        return length;
    }
}
