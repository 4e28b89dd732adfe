using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace EdgeAgent.Tests.Intake;

/// <summary>Describes C# structs and enums in the words of <see cref="BtfReader.Describe"/>, found by looking at memory.</summary>
internal static class StructLayout
{
    internal static string OfStruct(string name, Type type)
    {
        var size = RuntimeHelpers.SizeOf(type.TypeHandle);
        var text = new StringBuilder(string.Create(CultureInfo.InvariantCulture, $"struct {name} {size}\n"));
        foreach (var field in type.GetFields(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance))
        {
            // The bytes of the struct that show in the field are the field's.
            var bytes = Enumerable.Range(0, size).Where(i => ShowsIn(type, size, field, i)).ToArray();
            text.Append(CultureInfo.InvariantCulture, $"  {Snake(field.Name)} {bytes[0]} {bytes.Length}\n");
        }

        return text.ToString();
    }

    internal static string OfArray(string name, string member, Type type) =>
        string.Create(CultureInfo.InvariantCulture, $"struct {name} {RuntimeHelpers.SizeOf(type.TypeHandle)}\n  {member} 0 {RuntimeHelpers.SizeOf(type.TypeHandle)}\n");

    internal static string OfEnum(string name, string prefix, Type type, int? count = null)
    {
        var values = Enum.GetNames(type).Where(n => n is not ("None" or "Unknown"))
            .Select(n => (Name: Snake(n).ToUpperInvariant(), Value: Convert.ToInt64(Enum.Parse(type, n), CultureInfo.InvariantCulture)));
        if (count is { } end)
        {
            values = values.Append(("COUNT", end));
        }

        return $"enum {name}\n" + string.Concat(values.Select(v => string.Create(CultureInfo.InvariantCulture, $"  {prefix}{v.Name} {v.Value}\n")));
    }

    private static bool ShowsIn(Type type, int size, FieldInfo field, int index)
    {
        var boxed = RuntimeHelpers.GetUninitializedObject(type);
        Data(boxed, size)[index] = 1;
        var value = field.GetValue(boxed)!;
        return Data(value, RuntimeHelpers.SizeOf(field.FieldType.TypeHandle)).IndexOf((byte)1) >= 0;
    }

    private static Span<byte> Data(object boxed, int size) =>
        MemoryMarshal.CreateSpan(ref Unsafe.As<StrongBox<byte>>(boxed).Value, size);

    private static string Snake(string name) =>
        string.Concat(name.Select((c, i) => (char.IsUpper(c) && i > 0 ? "_" : "") + char.ToLowerInvariant(c)));
}
