# An apt of its own below a folder, to be sourced: its lists, cache and sources are there, the host's are not touched. The archive is the one
# that the host's apt uses; suite and architecture are free.

# The address of a Debian archive that the host uses, by the end of its path.
archive() {
  apt-get indextargets --format '$(REPO_URI)' 2>/dev/null | sort -u | grep -E "/$1/?\$" | head -1
}

# Sets one up: own_apt FOLDER SUITE ARCHITECTURE. Its options are in $options then; false where the host's apt knows no Debian archive.
own_apt() {
  local folder=$1 suite=$2 architecture=$3 main security
  main=$(archive debian) security=$(archive debian-security)
  [ -n "$main" ] || return 1
  mkdir -p "$folder"/{lists/partial,cache/archives/partial}
  {
    echo "deb $main $suite main"
    [ "$suite" = sid ] || [ -z "$security" ] || echo "deb $security $suite-security main"
  } >"$folder/sources.list"
  options=(-o "Dir::Etc::sourcelist=$folder/sources.list" -o Dir::Etc::sourceparts=/dev/null
    -o "Dir::State::lists=$folder/lists" -o "Dir::Cache=$folder/cache" -o Dir::State::status=/dev/null
    -o "APT::Architecture=$architecture" -o "APT::Architectures=$architecture" -o Debug::NoLocking=1 -o APT::Sandbox::User=root
    -o Acquire::Languages=none)
  apt-get "${options[@]}" update >"$folder/log" 2>&1
}
