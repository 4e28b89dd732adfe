namespace Wire.Model;

/// <summary>
/// The arguments of a system call as its registers held them, without names and without descriptors of files and folders: what is left
/// means the same in every form of the call. Those behind the fourth argument are not seen.
/// </summary>
public readonly record struct CallArguments(ulong First, ulong Second, ulong Third, ulong Fourth);
