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

# The package that holds the kernel of a suite's cloud image, after own_apt: kernel_package ARCHITECTURE. The name without a version depends on the
# package with one; in newer releases that one depends on the image itself.
kernel_package() {
  local architecture=$1 package=linux-image-cloud-$1 next
  while next=$(apt-cache "${options[@]}" depends "$package" 2>/dev/null |
    grep -oE "Depends: linux-(image|binary)-[0-9][^ ]*-cloud-$architecture\$" | head -1 | cut -d' ' -f2) && [ -n "$next" ]; do
    package=$next
  done
  echo "$package"
}
