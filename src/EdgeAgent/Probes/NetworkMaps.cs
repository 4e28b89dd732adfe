using System.Net;
using System.Net.Sockets;
using System.Numerics;
using EdgeAgent.Intake;
using EdgeAgent.Interop;

namespace EdgeAgent.Probes;

/// <summary>The tries of networks to which traffic is not reported. An IPv4-mapped network counts as IPv4.</summary>
internal sealed class NetworkMaps(BpfMap<EdgeNet4Key, byte> trie4, BpfMap<EdgeNet6Key, byte> trie6)
{
    /// <summary>Room for networks that come while the agent runs.</summary>
    internal const int Spare = 4096;

    private const int MappedBits = 96;

    /// <summary>Entries that each trie gets for these networks.</summary>
    internal static uint RoomFor(IReadOnlyCollection<IPNetwork> networks) => BitOperations.RoundUpToPowerOf2((uint)(2 * networks.Count) + Spare);

    /// <summary>Has these networks in the tries and no others.</summary>
    /// <exception cref="LibBpfException">There is no room.</exception>
    internal void Set(IEnumerable<IPNetwork> networks)
    {
        trie4.Clear();
        trie6.Clear();
        Add(networks);
    }

    /// <summary>Adds every network to the trie of its family.</summary>
    /// <exception cref="LibBpfException">There is no room.</exception>
    internal void Add(IEnumerable<IPNetwork> networks)
    {
        foreach (var network in networks)
        {
            if (Key4(network) is { } key)
            {
                trie4.Set(key, 1);
            }
            else
            {
                trie6.Set(Key6(network), 1);
            }
        }
    }

    /// <summary>Removes networks.</summary>
    internal void Remove(IEnumerable<IPNetwork> networks)
    {
        foreach (var network in networks)
        {
            if (Key4(network) is { } key)
            {
                trie4.Remove(key);
            }
            else
            {
                trie6.Remove(Key6(network));
            }
        }
    }

    private static unsafe EdgeNet4Key? Key4(IPNetwork network)
    {
        var (address, length) = (network.BaseAddress, network.PrefixLength);
        if (address.IsIPv4MappedToIPv6 && length >= MappedBits)
        {
            (address, length) = (address.MapToIPv4(), length - MappedBits);
        }

        if (address.AddressFamily != AddressFamily.InterNetwork)
        {
            return null;
        }

        var key = new EdgeNet4Key { PrefixLen = (uint)length };
        address.TryWriteBytes(new Span<byte>(key.Address, 4), out _);
        return key;
    }

    private static unsafe EdgeNet6Key Key6(IPNetwork network)
    {
        var key = new EdgeNet6Key { PrefixLen = (uint)network.PrefixLength };
        network.BaseAddress.TryWriteBytes(new Span<byte>(key.Address, 16), out _);
        return key;
    }
}
