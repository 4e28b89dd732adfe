/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
/* Is this file watched? By inode, which no other name can hide; by name in its folder, which a new
 * inode cannot; by folder. */
#ifndef WATCH_H
#define WATCH_H

#include "field.h"
#include "maps.h"

static __always_inline void inode_key_fill(struct edge_inode_key *key, struct inode *inode)
{
	struct super_block *super = LOAD(inode, i_sb);

	key->inode = LOAD(inode, i_ino);
	key->device = LOAD(super, s_dev);
	key->generation = LOAD(inode, i_generation);
}

/* Folders above a file that are looked at: a folder made a moment ago below a watched one is not
 * known itself. */
#define WATCH_LEVELS 4

static __always_inline __u32 inode_bits(struct edge_inode_key *key)
{
	__u32 *told = bpf_map_lookup_elem(&watch_inodes, key);
	struct edge_learnt *learnt = bpf_map_lookup_elem(&learnt_inodes, key);

	return (told ? *told : 0) | (learnt ? learnt->watch : 0);
}

static __always_inline __u32 name_bits(struct dentry *dentry, struct edge_inode_key *folder)
{
	struct edge_name_key key = {};
	__u32 length = LOAD(dentry, d_name.len);
	__u32 *bits;

	if (length >= EDGE_NAME_MAX)
		return 0;
	key.parent_inode = folder->inode;
	key.device = folder->device;
	key.parent_generation = folder->generation;
	bpf_probe_read_kernel(key.name, length & (EDGE_NAME_MAX - 1), LOAD(dentry, d_name.name));
	bits = bpf_map_lookup_elem(&watch_names, &key);
	return bits ? *bits : 0;
}

/* A watched name or folder shows an unknown inode, as after a rename over it: hard links of the new
 * file are to be found, too. */
static __always_inline void inode_learn(struct edge_inode_key *key, struct edge_learnt *learnt)
{
	__u32 first = 0;
	__u64 *count = bpf_map_lookup_elem(&learnt_count, &first);

	if (!count)
		return;
	if (!bpf_map_update_elem(&learnt_inodes, key, learnt, BPF_NOEXIST))
		__sync_fetch_and_add(count, 1);
	else if (bpf_map_update_elem(&learnt_inodes, key, learnt, BPF_ANY))
		return;
	filter_learnt.buckets[edge_filter_bucket(key->inode)] = 1;
}

/* One look. The sum is one of numbers: that of a pointer would cost a copy of the pointer first. */
static __always_inline __u64 filter_at(const __u8 *table, __u64 inode)
{
	return *(const __u8 *)(edge_filter_bucket(inode) + (__u64)table);
}

/* The folder above an entry and its inode. The helper reads both at once: where it is needed they
 * lie close together. */
static __always_inline void entry_read(struct dentry *entry, bool known, struct dentry **above,
				       struct inode **inode)
{
	__u32 apart = bpf_core_field_offset(struct dentry, d_inode) -
		      bpf_core_field_offset(struct dentry, d_parent);
	char both[32];

	if (known || apart > sizeof(both) - sizeof(*inode)) {
		*above = FIELD(known, entry, d_parent);
		*inode = FIELD(known, entry, d_inode);
		return;
	}
	bpf_probe_read_kernel(both, sizeof(both),
			      __builtin_preserve_access_index(&entry->d_parent));
	*above = *(struct dentry **)both;
	*inode = *(struct inode **)(both + apart);
}

/* Whether one of the folders may be watched, from this one upwards; or what was found before. */
static __always_inline __u32 folders_possible(struct dentry *above, bool known, int levels,
					      const __u8 *agent, __u32 found)
{
	struct dentry *entry;
	struct inode *inode;

	/* No early way out: branches would cost the verifier more than they save here. */
	for (int i = 0; i < levels; i++) {
		/* One level after the other: all at once would take registers that must be kept. */
		barrier_var(found);
		barrier();
		entry = above;
		entry_read(entry, known, &above, &inode);
		found |= filter_at(agent, FIELD(known, inode, i_ino));
	}
	return found;
}

/*
 * What nearly every file is asked first: false = neither it nor a folder above it is watched.
 * `known` says that the file is the program's own argument of that type.
 */
static __always_inline bool watch_possible(struct file *file, bool known)
{
	const __u8 *agent = filter_agent.buckets;
	struct dentry *entry = FIELD(known, file, f_path.dentry);
	struct inode *inode = FIELD(known, file, f_inode);
	__u64 number = FIELD(known, inode, i_ino);
	__u32 found;

	/* Else the compiler would take the address anew for each look. */
	barrier_var(agent);
	found = filter_at(agent, number) | filter_at(filter_learnt.buckets, number);
	return folders_possible(FIELD(known, entry, d_parent), known, WATCH_LEVELS, agent, found);
}

/* The same where the file's own folder is enough: for what is watched by its inode or its name, and
 * while all folders below watched ones are known. */
static __always_inline __u64 watch_possible_near(struct file *file, bool known)
{
	const __u8 *agent = filter_agent.buckets;
	struct dentry *entry = FIELD(known, file, f_path.dentry);
	struct inode *inode = FIELD(known, file, f_inode);
	__u64 number = FIELD(known, inode, i_ino);
	__u64 found;

	barrier_var(agent);
	found = filter_at(agent, number);
	/* One look after the other: all at once would take registers that must be kept. */
	barrier_var(found);
	found |= filter_at(filter_learnt.buckets, number);
	barrier_var(found);
	entry = FIELD(known, entry, d_parent);
	inode = FIELD(known, entry, d_inode);
	return found | filter_at(agent, FIELD(known, inode, i_ino));
}

/* The other folders. */
static __always_inline bool watch_possible_further(struct file *file, bool known)
{
	struct dentry *entry = FIELD(known, file, f_path.dentry);
	struct dentry *folder = FIELD(known, entry, d_parent);
	const __u8 *agent = filter_agent.buckets;

	barrier_var(agent);
	return folders_possible(FIELD(known, folder, d_parent), known, WATCH_LEVELS - 1, agent, 0);
}

/* Not 0 = the folders further up are to be looked at, too. */
static __always_inline __u64 folders_are_fresh(void)
{
	return *(volatile __u64 *)&fresh.folders;
}

/*
 * Sets the wanted enum edge_watch bits that hold for what has this name, and EDGE_PATH_ALIAS when a
 * watched file goes under a name that is not watched. A name that nothing has yet has no inode. The
 * results stay in memory of a map: in registers they would multiply the verifier's states.
 */
static __always_inline void entry_match(struct edge_file *out, struct dentry *dentry,
					struct inode *inode, __u32 wanted)
{
	struct dentry *above = LOAD(dentry, d_parent);
	struct edge_inode_key own = {}, folder = {};
	struct edge_learnt learnt = {};
	__u32 by_inode, by_name, taught;

	inode_key_fill(&own, inode);
	inode_key_fill(&folder, LOAD(above, d_inode));
	learnt.device = folder.device;
	learnt.parent_inode = folder.inode;
	by_inode = inode_bits(&own) & ~EDGE_WATCH_FOLDER;
	by_name = name_bits(dentry, &folder) & ~EDGE_WATCH_FOLDER;
	for (int i = 0; wanted & EDGE_WATCH_FOLDER && i < WATCH_LEVELS; i++) {
		out->watch |= inode_bits(&folder) & EDGE_WATCH_FOLDER & wanted;
		above = LOAD(above, d_parent);
		inode_key_fill(&folder, LOAD(above, d_inode));
	}

	taught = by_name | (out->watch & EDGE_WATCH_FOLDER ? EDGE_WATCH_OPEN : 0);
	learnt.watch = taught | by_inode;
	if (taught & ~by_inode && own.inode)
		inode_learn(&own, &learnt);
	if (by_inode & wanted && !(taught & wanted))
		out->path_flags |= EDGE_PATH_ALIAS;
	out->watch |= (by_inode | by_name) & wanted;
}

static __always_inline void watch_match(struct edge_file *out, struct file *file, __u32 wanted)
{
	entry_match(out, LOAD(file, f_path.dentry), LOAD(file, f_inode), wanted);
}

static __always_inline void identity_fill(struct edge_file *out, struct inode *inode, bool known)
{
	struct super_block *super = FIELD(known, inode, i_sb);

	out->inode = FIELD(known, inode, i_ino);
	out->device = FIELD(known, super, s_dev);
	out->link_count = FIELD(known, inode, i_nlink);
	out->mode = FIELD(known, inode, i_mode);
}

static __always_inline void file_fill(struct edge_file *out, struct file *file, bool known)
{
	identity_fill(out, FIELD(known, file, f_inode), known);
}

#endif
