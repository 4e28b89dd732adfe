using System.Globalization;

namespace Detection.Taxonomy;

/// <summary>Names of errors that the kernel answers with (<c>include/uapi/asm-generic/errno*.h</c>; the same on x86-64 and arm64). Thread-safe.</summary>
public static class ErrorNames
{
    private const ushort Last = 133;

    /// <summary>The name, or the number where it has none here; empty for 0.</summary>
    public static string Of(ushort error) => error switch
    {
        0 => "",
        1 => "EPERM",
        2 => "ENOENT",
        5 => "EIO",
        8 => "ENOEXEC",
        12 => "ENOMEM",
        13 => "EACCES",
        14 => "EFAULT",
        16 => "EBUSY",
        17 => "EEXIST",
        21 => "EISDIR",
        22 => "EINVAL",
        23 => "ENFILE",
        24 => "EMFILE",
        26 => "ETXTBSY",
        27 => "EFBIG",
        28 => "ENOSPC",
        30 => "EROFS",
        36 => "ENAMETOOLONG",
        38 => "ENOSYS",
        40 => "ELOOP",
        74 => "EBADMSG",
        75 => "EOVERFLOW",
        116 => "ESTALE",
        122 => "EDQUOT",
        126 => "ENOKEY",
        129 => "EKEYREJECTED",
        _ => error.ToString(CultureInfo.InvariantCulture),
    };

    /// <summary>The error of a name; 0 when there is none.</summary>
    public static ushort Find(string name)
    {
        for (ushort error = 1; error <= Last; error++)
        {
            if (Of(error) == name)
            {
                return error;
            }
        }

        return 0;
    }
}
