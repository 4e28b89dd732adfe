using System.Net;
using System.Net.Sockets;
using EdgeAgent.Intake;
using EdgeAgent.Interop;

namespace EdgeAgent.Probes;

/// <summary>Fills the tries of networks to which traffic is not reported.</summary>
internal static class NetworkMaps
{
    private const int MappedBits = 96;

    /// <summary>Adds every network to the trie of its family; an IPv4-mapped network counts as IPv4.</summary>
    internal static unsafe void Fill(
        IEnumerable<IPNetwork> networks, BpfMap<EdgeNet4Key, byte> trie4, BpfMap<EdgeNet6Key, byte> trie6)
    {
        foreach (var network in networks)
        {
            var address = network.BaseAddress;
            var length = network.PrefixLength;
            if (address.IsIPv4MappedToIPv6 && length >= MappedBits)
            {
                address = address.MapToIPv4();
                length -= MappedBits;
            }

            if (address.AddressFamily == AddressFamily.InterNetwork)
            {
                var key = new EdgeNet4Key { PrefixLen = (uint)length };
                address.TryWriteBytes(new Span<byte>(key.Address, 4), out _);
                trie4.Set(key, 1);
            }
            else
            {
                var key = new EdgeNet6Key { PrefixLen = (uint)length };
                address.TryWriteBytes(new Span<byte>(key.Address, 16), out _);
                trie6.Set(key, 1);
            }
        }
    }
}
