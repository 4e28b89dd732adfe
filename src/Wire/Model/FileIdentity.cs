namespace Wire.Model;

/// <summary>The file itself, whatever name led to it.</summary>
/// <param name="Device">The kernel's <c>s_dev</c> (major &lt;&lt; 20 | minor); not always what stat(2) prints.</param>
/// <param name="Inode">Inode number.</param>
/// <param name="Mode">Type and permission bits (<c>i_mode</c>).</param>
/// <param name="LinkCount">Number of hard links; 0 = deleted or memfd.</param>
public readonly record struct FileIdentity(uint Device, ulong Inode, ushort Mode, uint LinkCount);
